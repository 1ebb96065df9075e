using System.Text;
using BlazorAgents.Agents.HostedTools;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>The hosted calls of a streamed answer as they grow. Each method gives the snapshot to show, or null when there is no news.</summary>
internal sealed class HostedToolTracker
{
    private readonly Dictionary<string, OpenCall> _calls = new(StringComparer.Ordinal);
    private string? _lastCodeId;

    /// <summary>True when the event is about a hosted tool's call.</summary>
    public bool TryRead(Sdk.StreamingResponseUpdate wire, out HostedToolCall? news)
    {
        (var isKnown, news) = wire switch
        {
            Sdk.StreamingResponseCodeInterpreterCallCodeDeltaUpdate code => (true, AppendInput(code.ItemId, HostedToolKind.CodeInterpreter, code.Delta)),
            Sdk.StreamingResponseCodeInterpreterCallCodeDoneUpdate code => (true, SetInput(code.ItemId, HostedToolKind.CodeInterpreter, code.Code)),
            Sdk.StreamingResponseMcpCallArgumentsDeltaUpdate mcp => (true, AppendInput(mcp.ItemId, HostedToolKind.Mcp, mcp.Delta.ToString())),
            Sdk.StreamingResponseMcpCallArgumentsDoneUpdate mcp => (true, SetInput(mcp.ItemId, HostedToolKind.Mcp, mcp.ToolArguments.ToString())),
            Sdk.StreamingResponseImageGenerationCallPartialImageUpdate image => (true, ShowImage(image.ItemId, image.PartialImageBytes)),
            Sdk.StreamingResponseFileSearchCallInProgressUpdate search => (true, Touch(search.ItemId, HostedToolKind.FileSearch)),
            Sdk.StreamingResponseWebSearchCallInProgressUpdate web => (true, Touch(web.ItemId, HostedToolKind.WebSearch)),
            Sdk.StreamingResponseImageGenerationCallInProgressUpdate image => (true, Touch(image.ItemId, HostedToolKind.ImageGeneration)),
            _ => (false, (HostedToolCall?)null),
        };
        return isKnown;
    }

    /// <summary>An item begins.</summary>
    public HostedToolCall? Begin(Sdk.ResponseItem item) =>
        HostedItemReader.ReadCall(item, isDone: false) is { } call ? Set(call) : null;

    /// <summary>An item ended; null when it is no hosted tool's.</summary>
    public HostedToolCall? End(Sdk.ResponseItem item)
    {
        if (HostedItemReader.ReadCall(item, isDone: true) is not { } call)
        {
            return null;
        }

        if (call.Input.Length == 0 && _calls.TryGetValue(call.CallId, out var open))
        {
            call = call with { Input = open.Input.ToString() };
        }

        return Set(call);
    }

    /// <summary>The text mentions a file that code has made: it belongs to the last run of code.</summary>
    public HostedToolCall? AddFile(HostedToolOutput.File file)
    {
        if (_lastCodeId is null || !_calls.TryGetValue(_lastCodeId, out var open) || open.Call.Outputs.Contains(file))
        {
            return null;
        }

        return open.Call = open.Call with { Outputs = [.. open.Call.Outputs, file] };
    }

    /// <summary>News of a call of which no beginning came: a stream that was taken up in the middle.</summary>
    private HostedToolCall? Touch(string id, HostedToolKind kind) => _calls.ContainsKey(id) ? null : Set(new HostedToolCall(id, kind));

    /// <summary>More of the code or the arguments. A snapshot for each delta would copy the text each time: it comes once enough is new.</summary>
    private HostedToolCall? AppendInput(string id, HostedToolKind kind, string delta)
    {
        var open = Find(id, kind);
        open.Input.Append(delta);
        return open.Input.Length - open.Call.Input.Length >= Math.Max(16, open.Input.Length / 64) ? ShowInput(open) : null;
    }

    /// <summary>The whole code or arguments.</summary>
    private HostedToolCall? SetInput(string id, HostedToolKind kind, string input)
    {
        var open = Find(id, kind);
        open.Input.Clear().Append(input);
        return open.Call.Input == input ? null : ShowInput(open);
    }

    /// <summary>A picture that is not finished; it replaces the one before.</summary>
    private HostedToolCall ShowImage(string id, BinaryData image)
    {
        var open = Find(id, HostedToolKind.ImageGeneration);
        return open.Call = open.Call with { Outputs = [new HostedToolOutput.Image(image.ToMemory(), "image/png")] };
    }

    private OpenCall Find(string id, HostedToolKind kind)
    {
        if (!_calls.ContainsKey(id))
        {
            Set(new HostedToolCall(id, kind));
        }

        return _calls[id];
    }

    private HostedToolCall Set(HostedToolCall call)
    {
        _calls[call.CallId] = new OpenCall(call);
        _lastCodeId = call.Kind == HostedToolKind.CodeInterpreter ? call.CallId : _lastCodeId;
        return call;
    }

    private static HostedToolCall ShowInput(OpenCall open) => open.Call = open.Call with { Input = open.Input.ToString() };

    private sealed class OpenCall(HostedToolCall call)
    {
        public HostedToolCall Call { get; set; } = call;

        public StringBuilder Input { get; } = new(call.Input);
    }
}
