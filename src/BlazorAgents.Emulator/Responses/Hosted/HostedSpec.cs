using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses.Hosted;

/// <summary>What the hosted tools share: a schema of one text, its value in a call, and events that only have a place.</summary>
internal static class HostedSpec
{
    public static ToolSpec Of(string name, string description, string parameter, string meaning) => new(name, description, WireJson.Element(new
    {
        type = "object",
        properties = new Dictionary<string, object> { [parameter] = new { type = "string", description = meaning } },
        required = new[] { parameter },
    }));

    public static string Argument(ToolCall call, string name) => WireJson.TryParse(call.Arguments, out var arguments) ? arguments.Text(name) ?? "" : "";

    public static void Events(ResponseRun run, string itemId, int index, params ReadOnlySpan<string> types)
    {
        foreach (var type in types)
        {
            run.Log.Append(type, ("item_id", itemId), ("output_index", index));
        }
    }
}
