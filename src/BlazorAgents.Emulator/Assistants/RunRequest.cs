using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>Translates a run into the request that the server's brain answers.</summary>
internal static class RunRequest
{
    public static ChatRequest Of(Run run)
    {
        var settings = run.Settings;
        var choice = settings.ToolChoice;
        var kind = choice is { ValueKind: System.Text.Json.JsonValueKind.String } text ? text.GetString() : choice?.Text("type");
        List<ToolSpec> tools = kind == "none" ? [] : [.. settings.Tools.Functions];
        if (kind != "none" && settings.Tools.HasCode)
        {
            tools.Add(HostedSpecs.CodeSpec);
        }

        // Without a store there is nothing to search, and a question need not go that way.
        if (kind != "none" && settings.Tools.Search is not null && FileSearchStep.StoresOf(run).Count > 0)
        {
            tools.Add(HostedSpecs.SearchSpec);
        }

        var forced = kind switch
        {
            "function" => choice?.Member("function")?.Text("name"),
            "code_interpreter" or "file_search" => kind,
            _ => null,
        };
        return new ChatRequest
        {
            Model = settings.Model,
            Messages = ThreadTurns.Of(run),
            Tools = tools,
            MustCallTool = kind == "required" && run.Steps.Count == 0,
            ForcedTool = tools.Any(tool => tool.Name == forced) && run.Steps.Count == 0 ? forced : null,
            ParallelCalls = settings.ParallelCalls,
            Schema = ResponseFormat.Schema(settings.Format),
            JsonObject = ResponseFormat.IsJsonObject(settings.Format),
        };
    }
}
