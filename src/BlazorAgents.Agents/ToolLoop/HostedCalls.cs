using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Agents.Tools;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>The calls that the provider was allowed to make: its answer tells how each of them ended.</summary>
internal sealed class HostedCalls(IToolGate gate, int maxLength, TimeProvider time)
{
    private const string Lost = "Error: the provider was allowed to make this call, and did not say how it ended. It is not known whether it did its work.";

    private readonly List<ToolCall> _open = [];
    private readonly Dictionary<string, ToolCall> _items = new(StringComparer.Ordinal);
    private long _since;

    /// <summary>The answers are about to be sent.</summary>
    public void Begin(IEnumerable<ToolCall> calls)
    {
        _open.AddRange(calls.Where(call => call.IsLeftToProvider));
        _since = time.GetTimestamp();
    }

    /// <summary>What a reader is told of the provider's news: of a call that it asked for, its end alone.</summary>
    public async Task<AgentUpdate?> ReadAsync(AgentUpdate update)
    {
        if (update is not AgentUpdate.HostedToolChanged { Call: { Kind: HostedToolKind.Mcp } news } || Find(news) is not { } call)
        {
            return update;
        }

        if (news.Status is HostedToolStatus.Running || call.Result is not null)
        {
            return null;
        }

        var hasFailed = news.Status is HostedToolStatus.Failed;
        return await EndAsync(call, hasFailed ? ToolOutcome.Failed : ToolOutcome.Succeeded, TextOf(news, hasFailed));
    }

    /// <summary>Nothing more comes of the calls that are left.</summary>
    public async Task<IReadOnlyList<AgentUpdate>> EndAsync()
    {
        var ends = new List<AgentUpdate>();
        foreach (var call in _open.ToList())
        {
            ends.Add(await EndAsync(call, call.Result?.Outcome ?? ToolOutcome.Unknown, call.Result?.Text ?? Lost));
        }

        return ends;
    }

    private async Task<AgentUpdate> EndAsync(ToolCall call, ToolOutcome outcome, string text)
    {
        _open.Remove(call);
        (call.Result, call.IsReported) = (new ToolCallResult(outcome, ToolResultText.Cut(text, maxLength), time.GetElapsedTime(_since)), true);
        await gate.EndAsync(call.Request!, outcome, call.Result.Duration, CancellationToken.None);
        return call.Finished();
    }

    /// <summary>A server that does not name the request makes its calls in the order in which it asked.</summary>
    private ToolCall? Find(HostedToolCall news)
    {
        if (!_items.TryGetValue(news.CallId, out var call))
        {
            call = news.ApprovalRequestId is { } id
                ? _open.Find(c => c.Id == id)
                : _open.Find(c => c.Hosted!.ServerName == news.ServerName && c.Hosted.Name == news.Name && !_items.ContainsValue(c));
            if (call is not null)
            {
                _items[news.CallId] = call;
            }
        }

        return call;
    }

    private static string TextOf(HostedToolCall news, bool hasFailed)
    {
        var text = string.Join('\n', news.Outputs.OfType<HostedToolOutput.Text>().Select(output => output.Value));
        return hasFailed ? $"Error: {news.Error ?? text}" : text.Length == 0 ? ToolResultText.Nothing : text;
    }
}
