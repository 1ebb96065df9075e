using System.Text.Json;
using BlazorAgents.Agents;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>
/// A conversation whose last answer called functions takes nothing but their results, for ever. Whoever had them may be gone:
/// its process was killed. So what the server misses is looked up and filled in.
/// </summary>
internal sealed class ConversationMender(Conversations conversations)
{
    /// <summary>True when the server refused the input because calls and results do not match.</summary>
    public static bool CanMend(AgentException fault) => fault.Kind == AgentErrorKind.BadResponse
        && (fault.Message.Contains("No tool output found for function call", StringComparison.OrdinalIgnoreCase)
            || fault.Message.Contains("No tool call found for function call output", StringComparison.OrdinalIgnoreCase));

    /// <summary>The input with one result for each call that is open on the server, and none besides.</summary>
    public async Task<IReadOnlyList<ChatMessage>> MendAsync(
        string conversationId, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var results = messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().ToLookup(r => r.CallId, StringComparer.Ordinal);
        List<AIContent> missing = [.. (await FindOpenCallsAsync(conversationId, cancellationToken)).Select(id =>
            results[id].LastOrDefault() ?? new FunctionResultContent(id, "Error: the tool was stopped or did not run. The run was cancelled."))];
        List<ChatMessage> mended = missing.Count == 0 ? [] : [new ChatMessage(ChatRole.Tool, missing)];
        foreach (var message in messages)
        {
            List<AIContent> rest = [.. message.Contents.Where(c => c is not FunctionResultContent)];
            if (rest.Count > 0)
            {
                mended.Add(rest.Count == message.Contents.Count ? message : new ChatMessage(message.Role, rest));
            }
        }

        return mended;
    }

    private async Task<List<string>> FindOpenCallsAsync(string conversationId, CancellationToken cancellationToken)
    {
        var answered = new HashSet<string>(StringComparer.Ordinal);
        var open = new List<string>();
        await foreach (var item in conversations.ListAsync(conversationId, newestPageOnly: true, cancellationToken))
        {
            if (Text(item, "call_id") is not { } callId)
            {
                continue;
            }

            if (Text(item, "type") == "function_call_output")
            {
                answered.Add(callId); // newest first: a result comes before its call
            }
            else if (Text(item, "type") == "function_call" && !answered.Contains(callId))
            {
                open.Insert(0, callId);
            }
        }

        return open;
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
