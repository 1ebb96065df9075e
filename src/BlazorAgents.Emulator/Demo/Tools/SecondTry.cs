using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Demo.Extract;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>After a search that found nothing: once more with the plural taken off ("keyboards" to "keyboard").</summary>
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
        if (parameter is null || made.Text(parameter.Name) is not { Length: > 3 } query || query[^1] is not ('s' or 'S') || query[^2] is 's' or 'S')
        {
            return null;
        }

        var arguments = JsonNode.Parse(made.GetRawText())!.AsObject();
        arguments[parameter.Name] = query[..^1];
        return new FilledCall(spec, arguments, null);
    }
}
