using System.Text.Json;
using BlazorAgents.Agents.ToolLoop;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>Rebuilds from stored items what a model must see. After it every function call has its result.</summary>
internal static class HistoryBuilder
{
    /// <summary>What a model is told about a call whose result was never stored.</summary>
    public const string CutOff = """{"error":"The call was cut off; its outcome is unknown."}""";

    /// <summary>What a model is told about a call that waited for a person until the run ended.</summary>
    public const string Undecided = """{"error":"Nobody decided about this call. It did not run."}""";

    /// <summary>What a model is told about a call that never began.</summary>
    public const string NotRun = """{"error":"The answer was cut off before this call began. It did not run."}""";

    /// <summary>What a model is told about a call without a stored result.</summary>
    public static string WithoutResult(string? requestId) => requestId is null ? CutOff : Undecided;

    /// <summary>The messages of one answer, from its items in order.</summary>
    /// <param name="items">The items.</param>
    /// <param name="keepOpen">Calls that waited for people and are decided now stay without a result: it comes next.</param>
    public static List<ChatMessage> ToMessages(IEnumerable<ItemPayload> items, bool keepOpen = false)
    {
        var answer = new AnswerMessages(keepOpen);
        var rest = items.ToList();
        for (var i = 0; i < rest.Count; i++)
        {
            switch (rest[i])
            {
                case ItemPayload.Text { Content.Length: > 0 } text:
                    answer.AddText(text.Content);
                    break;
                case ItemPayload.FunctionCall call:
                    // Ids may repeat from step to step: a call's result is the first after it, before the next call of that id.
                    var later = rest.Skip(i + 1)
                        .TakeWhile(item => item is not ItemPayload.FunctionCall again || again.CallId != call.CallId)
                        .OfType<ItemPayload.FunctionResult>()
                        .FirstOrDefault(item => item.CallId == call.CallId);
                    answer.AddCall(call, later);
                    break;
                case ItemPayload.FunctionResult result:
                    answer.PassResult(result);
                    break;
            }
        }

        return answer.ToList();
    }

    private const int MaxName = 64;

    private sealed class AnswerMessages(bool keepOpen)
    {
        private readonly List<ChatMessage> _messages = [];
        private readonly List<AIContent> _said = [];
        private readonly List<AIContent> _results = [];
        private readonly HashSet<ItemPayload.FunctionResult> _awaited = new(ReferenceEqualityComparer.Instance);
        private bool _hasPassedResult;

        /// <summary>Text after a call belongs to the same step while the call's result is still to come.</summary>
        public void AddText(string text)
        {
            if (_results.Count > 0 && _awaited.Count == 0)
            {
                CloseStep();
            }

            _said.Add(new TextContent(text));
        }

        /// <summary>A step makes all its calls before the first of their results.</summary>
        public void AddCall(ItemPayload.FunctionCall call, ItemPayload.FunctionResult? result)
        {
            if (_hasPassedResult)
            {
                CloseStep();
            }

            if (keepOpen && call is { Server: { } server, RequestId: not null } && result is null)
            {
                _said.Add(new ToolApprovalRequestContent(
                    call.CallId, ToolCallArguments.CreateHostedCall(call.CallId, HostedMcpFunction.ToolNameOf(server, call.Name), server, call.Arguments)));
                return;
            }

            _said.Add(new FunctionCallContent(call.CallId, NameOf(call), ReadArguments(call.Arguments)));
            if (result is not null)
            {
                _results.Add(new FunctionResultContent(call.CallId, result.Result));
                _awaited.Add(result);
            }
            else if (call.RequestId is null || !keepOpen)
            {
                _results.Add(new FunctionResultContent(call.CallId, WithoutResult(call.RequestId)));
            }
        }

        public void PassResult(ItemPayload.FunctionResult result)
        {
            _awaited.Remove(result);
            _hasPassedResult = true;
        }

        public List<ChatMessage> ToList()
        {
            CloseStep();
            return _messages;
        }

        private void CloseStep()
        {
            if (_said.Count > 0)
            {
                _messages.Add(new ChatMessage(ChatRole.Assistant, [.. _said]));
            }

            if (_results.Count > 0)
            {
                _messages.Add(new ChatMessage(ChatRole.Tool, [.. _results]));
            }

            _said.Clear();
            _results.Clear();
            _awaited.Clear();
            _hasPassedResult = false;
        }

        // A call of the provider's that is over is told like one of ours: every client type can tell that, and no server takes it for a new
        // request. Functions have narrower names than an MCP server's tools.
        private static string NameOf(ItemPayload.FunctionCall call)
        {
            if (call.Server is not { } server)
            {
                return call.Name;
            }

            var name = string.Concat(HostedMcpFunction.ToolNameOf(server, call.Name).Take(MaxName).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
            return name.Length == 0 ? "mcp" : name;
        }

        // A provider refuses a history whose arguments are not a JSON object; what was not one is sent as an empty one.
        private static Dictionary<string, object?> ReadArguments(string json)
        {
            try
            {
                return JsonSerializer.Deserialize<Dictionary<string, object?>>(json) ?? [];
            }
            catch (JsonException)
            {
                return [];
            }
        }
    }
}
