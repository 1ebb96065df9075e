using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>The JSON of a response object.</summary>
internal static class ResponseShape
{
    /// <summary>Parameters that are shown as they were asked, without a default.</summary>
    private static readonly string[] s_echoed = ["prompt_cache_key", "safety_identifier", "user", "prompt", "context_management"];

    public static Dictionary<string, object?> Describe(ResponseRun run, ResponseState state, IReadOnlySet<string> include)
    {
        var request = run.Request;
        var shape = new Dictionary<string, object?>
        {
            ["id"] = run.Id,
            ["object"] = "response",
            ["created_at"] = run.CreatedAt,
            ["status"] = state.Status,
            ["completed_at"] = state.CompletedAt,
            ["background"] = request.Background,
            ["error"] = state.Error is { } error ? new { code = error.Code, message = error.Message } : null,
            ["incomplete_details"] = state.IncompleteReason is { } reason ? new { reason } : null,
            ["instructions"] = request.Instructions,
            ["max_output_tokens"] = request.MaxOutputTokens,
            ["max_tool_calls"] = request.MaxToolCalls,
            ["model"] = request.Model,
            ["output"] = state.Output.Select(item => ItemView.Of(item, include)).ToList(),
            ["parallel_tool_calls"] = request.ParallelCalls,
            ["previous_response_id"] = request.PreviousResponseId,
            ["conversation"] = request.ConversationId is { } id ? new { id } : null,
            ["reasoning"] = new { effort = request.Root.Member("reasoning")?.Text("effort"), summary = request.Root.Member("reasoning")?.Text("summary") },
            ["service_tier"] = "default",
            ["store"] = request.Store,
            ["temperature"] = request.Root.Member("temperature")?.GetDouble() ?? 1.0,
            ["text"] = new { format = request.Root.Member("text")?.Member("format") ?? WireJson.Element(new { type = "text" }), verbosity = request.Root.Member("text")?.Text("verbosity") ?? "medium" },
            ["tool_choice"] = request.Root.Member("tool_choice") ?? (object)"auto",
            ["tools"] = request.Tools.Echo,
            ["top_logprobs"] = request.Root.Int("top_logprobs") ?? 0,
            ["top_p"] = request.Root.Member("top_p")?.GetDouble() ?? 1.0,
            ["truncation"] = request.Root.Text("truncation") ?? "disabled",
            ["metadata"] = request.Metadata,
        };
        if (state.Usage is { } usage)
        {
            shape["usage"] = Tokens(usage);
        }

        foreach (var name in s_echoed)
        {
            if (request.Root.Member(name) is { } value)
            {
                shape[name] = value;
            }
        }

        return shape;
    }

    private static object Tokens(ResponseUsage usage) => new
    {
        input_tokens = usage.Input,
        input_tokens_details = new { cached_tokens = 0, cache_write_tokens = 0 },
        output_tokens = usage.Output,
        output_tokens_details = new { reasoning_tokens = usage.Reasoning },
        total_tokens = usage.Input + usage.Output,
    };
}
