using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>The tools of a request: functions that the client runs, and hosted tools that the server runs.</summary>
/// <param name="Functions">Function tools.</param>
/// <param name="Hosted">Hosted tools by their kind, completed with the defaults of the specification.</param>
/// <param name="Echo">All tools as the response shows them; without secrets.</param>
internal sealed record ResponseTools(IReadOnlyList<ToolSpec> Functions, IReadOnlyList<JsonElement> Hosted, IReadOnlyList<JsonElement> Echo)
{
    private static readonly string[] s_known = ["function", "file_search", "code_interpreter", "web_search", "web_search_2025_08_26", "web_search_preview", "web_search_preview_2025_03_11", "image_generation", "mcp"];

    public static ResponseTools Read(JsonElement root)
    {
        if (root.Member("tools") is { ValueKind: not JsonValueKind.Array })
        {
            throw new ApiErrorException(ApiError.WrongType("tools", "an array of objects"));
        }

        var functions = new List<ToolSpec>();
        var hosted = new List<JsonElement>();
        var echo = new List<JsonElement>();
        foreach (var (index, tool) in root.Items("tools").Index())
        {
            var at = $"tools[{index}]";
            var kind = tool.Text("type") ?? throw new ApiErrorException(ApiError.Missing($"{at}.type"));
            if (!s_known.Contains(kind))
            {
                throw new ApiErrorException(ApiError.Invalid($"{at}.type",
                    $"Invalid value: '{kind}'. The offline demo supports: {string.Join(", ", s_known.Select(known => $"'{known}'"))}."));
            }

            if (kind == "function")
            {
                HostedToolFields.CheckFunction(tool, at);
                functions.Add(ToolReader.ReadFunction(tool, at));
            }
            else
            {
                HostedToolReader.Check(tool, kind, at);
                hosted.Add(tool);
            }

            echo.Add(Show(tool, kind));
        }

        return functions.Select(function => function.Name).Distinct().Count() < functions.Count
            ? throw new ApiErrorException(ApiError.Invalid("tools", "Invalid 'tools': the names of function tools must differ.", "duplicate_tool_name"))
            : new ResponseTools(functions, hosted, echo);
    }

    /// <summary>Hosted tools of one kind; web searches of all versions are "web_search".</summary>
    public IEnumerable<JsonElement> Of(string kind) => Hosted.Where(tool => Kind(tool) == kind);

    public static string Kind(JsonElement tool) => tool.Text("type") switch
    {
        { } type when type.StartsWith("web_search", StringComparison.Ordinal) => "web_search",
        var type => type ?? "",
    };

    private static JsonElement Show(JsonElement tool, string kind)
    {
        var show = (JsonObject)JsonNode.Parse(tool.GetRawText())!;
        foreach (var name in show.Where(field => field.Value is null).Select(field => field.Key).ToList())
        {
            show.Remove(name); // as if it had not been given
        }

        switch (kind)
        {
            case "function":
                show.TryAdd("description", null);
                show.TryAdd("parameters", null);
                show.TryAdd("strict", true);
                break;
            case "file_search":
                show.TryAdd("filters", null);
                show.TryAdd("max_num_results", 20);
                show.TryAdd("ranking_options", new JsonObject { ["ranker"] = "auto", ["score_threshold"] = 0.0 });
                break;
            case "mcp":
                show.Remove("authorization");
                show["headers"] = show["headers"] is JsonObject headers ? new JsonObject(headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)"<redacted>"))) : null;
                show.TryAdd("allowed_tools", null);
                show["require_approval"] ??= "always";
                break;
            case "web_search" or "web_search_2025_08_26" or "web_search_preview" or "web_search_preview_2025_03_11":
                show.TryAdd("search_context_size", "medium");
                show.TryAdd("user_location", null);
                break;
        }

        return WireJson.Element(show);
    }
}
