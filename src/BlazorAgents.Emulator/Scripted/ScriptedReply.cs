using System.Globalization;
using System.Text;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Scripted;

/// <summary>
/// One reply: a status and steps that are played in order, to a chat completion or to a response, in the events of each. Made for a
/// stream; the same steps fold into one JSON body when the request did not ask for a stream. A stream without <see cref="Finish"/> ends with no terminal event, as a broken provider's does.
/// </summary>
public sealed partial class ScriptedReply
{
    private readonly List<Func<ScriptedPlayback, Task>> _steps = [];
    private readonly List<KeyValuePair<string, string>> _headers = [];

    private ScriptedReply(int status, string? contentType) => (Status, ContentType) = (status, contentType);

    internal int Status { get; }

    internal string? ContentType { get; }

    internal IReadOnlyList<Func<ScriptedPlayback, Task>> Steps => _steps;

    internal IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    /// <summary>Starts a reply made of steps.</summary>
    public static ScriptedReply Stream() => new(200, null);

    /// <summary>A whole, ordinary answer of one text.</summary>
    public static ScriptedReply Answer(string text) => Stream().Text(text).Usage(10, Math.Max(1, text.Length / 4)).Finish();

    /// <summary>A body sent as it is, with its status.</summary>
    public static ScriptedReply Body(int status, string body, string contentType = "application/json") => new ScriptedReply(status, contentType).Raw(body);

    /// <summary>An error in OpenAI's shape.</summary>
    public static ScriptedReply Error(int status, string message = "The server had an error.", string? code = null, string? type = null) =>
        Body(status, WireJson.Text(new ApiError(status, message, type ?? (status >= 500 ? "server_error" : "invalid_request_error"), null, code).Body));

    /// <summary>429 with Retry-After in seconds; null sends none.</summary>
    public static ScriptedReply RateLimited(int? seconds = null) =>
        Limited(seconds is { } wait ? ("Retry-After", wait.ToString(CultureInfo.InvariantCulture)) : null);

    /// <summary>429 with Retry-After as an HTTP date.</summary>
    public static ScriptedReply RateLimitedUntil(DateTimeOffset until) => Limited(("Retry-After", until.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>429 with retry-after-ms.</summary>
    public static ScriptedReply RateLimitedForMilliseconds(int milliseconds) =>
        Limited(("retry-after-ms", milliseconds.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Adds a response header.</summary>
    public ScriptedReply Header(string name, string value)
    {
        _headers.Add(new(name, value));
        return this;
    }

    /// <summary>A piece of answer text.</summary>
    public ScriptedReply Text(string text) => Step(play => play.TextAsync(text));

    /// <summary>Many pieces of answer text, one event each.</summary>
    public ScriptedReply Texts(params IEnumerable<string> texts) => texts.Aggregate(this, (reply, text) => reply.Text(text));

    /// <summary>A piece of reasoning: reasoning_content, as compatible servers send it; in a response a piece of the summary.</summary>
    public ScriptedReply Reasoning(string text) => Step(play => play.ReasoningAsync(text));

    /// <summary>A function call; the arguments go out in pieces of the given number of characters. Calls are numbered in order.</summary>
    public ScriptedReply ToolCall(string id, string name, string arguments, int pieceLength = 16) =>
        Step(play => play.CallAsync(new ToolCall(id, name, arguments), pieceLength));

    /// <summary>Tokens to report at the end.</summary>
    public ScriptedReply Usage(int prompt, int completion) => Step(play => play.SetUsage(prompt, completion));

    /// <summary>The proper end: finish reason (null: "tool_calls" if there were calls, else "stop"), usage if asked for, [DONE]; in a response "length" and "content_filter" end it as incomplete.</summary>
    public ScriptedReply Finish(string? reason = null) => Step(play => play.FinishAsync(reason));

    /// <summary>Waits for the test. As the first step, not even the headers are sent before.</summary>
    public ScriptedReply WaitFor(Gate gate) => Step(play => gate.WaitAsync(play.Exchange.Gone));

    /// <summary>Pause before each piece of text from here on.</summary>
    public ScriptedReply Pace(TimeSpan perPiece) => Step(play => play.SetPace(perPiece));

    /// <summary>Sends the headers now, before the first event.</summary>
    public ScriptedReply SendHeaders() => Step(play => play.StartAsync());

    /// <summary>Resets the TCP connection here.</summary>
    public ScriptedReply Reset() => Step(play => play.ResetAsync());

    /// <summary>Sends nothing more until the client goes away, or the gate opens.</summary>
    public ScriptedReply Stall(Gate? gate = null) => Step(play => (gate ?? new Gate()).WaitAsync(play.Exchange.Gone));

    /// <summary>Bytes as they are.</summary>
    public ScriptedReply Raw(ReadOnlyMemory<byte> bytes) => Step(play => play.RawAsync(bytes));

    /// <summary>Text as it is, in UTF-8.</summary>
    public ScriptedReply Raw(string text) => Raw(Encoding.UTF8.GetBytes(text));

    /// <summary>One event with the given data, which need not be JSON.</summary>
    public ScriptedReply Event(string data, string? name = null) => Raw((name is null ? "" : $"event: {name}\n") + $"data: {data}\n\n");

    /// <summary>Lines that are no events, and an event that is no JSON.</summary>
    public ScriptedReply Garbage() => Raw("this is not an event\nnor: is this\n:: \n\ndata: {broken\n\n");

    /// <summary>A text piece whose bytes are cut inside a character; the second half follows when the gate opens (at once if null).</summary>
    public ScriptedReply SplitText(string text, Gate? between = null) => Step(play => play.SplitTextAsync(text, between));

    /// <summary>An error object as an event of a stream whose status was 200.</summary>
    public ScriptedReply ErrorEvent(string message = "The server had an error.", string? code = null, string type = "server_error") =>
        Step(play => play.ErrorAsync(new ApiError(500, message, type, null, code)));

    /// <summary>A text piece of the given number of characters in a single line.</summary>
    public ScriptedReply BigLine(int characters = 1024 * 1024) => Text(new string('x', characters));

    /// <summary>An event of an unknown kind, and a chunk with unknown fields at every level.</summary>
    public ScriptedReply Unknown() => Event("""{"type":"from.the.future","value":1}""", "from.the.future").Step(play => play.UnknownFieldsAsync());

    /// <summary>Says in a test's words that the stream ends here with no finish reason and no [DONE].</summary>
    public ScriptedReply EndWithoutFinish() => Step(play => play.StartAsync());

    private static ScriptedReply Limited((string Name, string Value)? header)
    {
        var reply = Error(429, "Rate limit reached.", "rate_limit_exceeded", "requests");
        return header is { } wait ? reply.Header(wait.Name, wait.Value) : reply;
    }

    private ScriptedReply Step(Func<ScriptedPlayback, Task> step)
    {
        _steps.Add(step);
        return this;
    }
}
