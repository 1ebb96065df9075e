using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Demo.Extract;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>After a search that found nothing: once more with the plural taken off ("keyboards" to "keyboard") or with the last word only ("new mouse" to "mouse").</summary>
internal static class SecondTry
{
    public static FilledCall? For(Conversation conversation)
    {
        if (conversation.Steps is not [.., var last] || !ToolResults.IsEmpty(last.Result)
            || conversation.Request.Tools.FirstOrDefault(tool => tool.Name == last.Call.Name) is not { } spec
            || !WireJson.TryParse(last.Call.Arguments, out var made))
        {
            return null;
        }

        var parameter = new SchemaNode(spec.Parameters, spec.Parameters).Properties.FirstOrDefault(candidate => StringKinds.Of(candidate) == StringKind.Query);
        if (parameter is null || made.Text(parameter.Name) is not { } query || Simpler(query) is not { } simpler)
        {
            return null;
        }

        var arguments = JsonNode.Parse(made.GetRawText())!.AsObject();
        arguments[parameter.Name] = simpler;
        return new FilledCall(spec, arguments, null);
    }

    private static string? Simpler(string query) => query switch
    {
        { Length: > 3 } when query[^1] is 's' && query[^2] is not 's' => query[..^1],
        _ when query.Split(' ') is { Length: 2 or 3 } words => words[^1],
        _ => null,
    };
}
