using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Scripted;

/// <summary>Steps that only responses have. JSON is given as text, so that a test shows what goes over the wire.</summary>
public sealed partial class ScriptedReply
{
    /// <summary>Id of the response; a first number above 0 continues an earlier stream, without its opening events. Before all other steps.</summary>
    public ScriptedReply Response(string id, int firstNumber = 0) => Step(play => play.Response.Name(id, firstNumber));

    /// <summary>Announces the response (created, in progress) before the first piece.</summary>
    public ScriptedReply Created() => Step(play => play.Response.CreatedAsync());

    /// <summary>A piece of a refusal.</summary>
    public ScriptedReply Refusal(string text) => Step(play => play.Response.RefusalAsync(text));

    /// <summary>A piece of the reasoning itself, as open models send it.</summary>
    public ScriptedReply RawReasoning(string text) => Step(play => play.Response.RawReasoningAsync(text));

    /// <summary>An annotation of the text written so far in this message.</summary>
    public ScriptedReply Annotation(string json) => Step(play => play.Response.AnnotationAsync(Object(json)));

    /// <summary>A whole output item, added and done.</summary>
    public ScriptedReply Item(string json) => OpenItem(json).CloseItem(json);

    /// <summary>An output item begins.</summary>
    public ScriptedReply OpenItem(string json) => Step(play => play.Response.OpenItemAsync(Object(json)));

    /// <summary>An event of the item that is open: item_id, output_index and sequence_number are added.</summary>
    public ScriptedReply ItemEvent(string type, string membersJson = "{}") => Step(play => play.Response.ItemEventAsync(type, Object(membersJson)));

    /// <summary>The item that is open is done.</summary>
    public ScriptedReply CloseItem(string json) => Step(play => play.Response.CloseItemAsync(Object(json)));

    /// <summary>Any event; sequence_number is added.</summary>
    public ScriptedReply ServerEvent(string type, string membersJson = "{}") => Step(play => play.Response.ServerEventAsync(type, Object(membersJson)));

    /// <summary>Ends the response as failed.</summary>
    public ScriptedReply Failed(string message = "The server had an error.", string code = "server_error") => Step(play => play.Response.EndAsync("failed", (code, message), null));

    /// <summary>Ends the response as incomplete ("max_output_tokens" or "content_filter").</summary>
    public ScriptedReply Incomplete(string reason = "max_output_tokens") => Step(play => play.Response.EndAsync("incomplete", null, reason));

    private static System.Text.Json.JsonElement Object(string json) =>
        WireJson.TryParse(json, out var element) && element.ValueKind == System.Text.Json.JsonValueKind.Object ? element : throw new ArgumentException("The script needs a JSON object here: " + json, nameof(json));
}
