using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>An item as a client sees it: parts that have to be asked for with "include" are left out otherwise.</summary>
internal static class ItemView
{
    public static readonly IReadOnlySet<string> Includable = new HashSet<string>
    {
        "file_search_call.results", "web_search_call.results", "web_search_call.action.sources", "message.input_image.image_url",
        "computer_call_output.output.image_url", "code_interpreter_call.outputs", "reasoning.encrypted_content", "message.output_text.logprobs",
    };

    public static JsonElement Of(JsonElement item, IReadOnlySet<string> include) => item.Text("type") switch
    {
        "file_search_call" when !include.Contains("file_search_call.results") => With(item, view => view["results"] = null),
        "code_interpreter_call" when !include.Contains("code_interpreter_call.outputs") => With(item, view => view["outputs"] = null),
        "web_search_call" when !include.Contains("web_search_call.action.sources") => With(item, view => (view["action"] as JsonObject)?.Remove("sources")),
        "reasoning" when !include.Contains("reasoning.encrypted_content") => With(item, view => view.Remove("encrypted_content")),
        _ => item,
    };

    /// <summary>400 for a value that is not known.</summary>
    public static IReadOnlySet<string> Check(IReadOnlySet<string> include)
    {
        foreach (var value in include.Where(value => !Includable.Contains(value)))
        {
            throw new ApiErrorException(ApiError.Invalid("include", $"Invalid value: '{value}'. Supported values are: {string.Join(", ", Includable.Select(known => $"'{known}'"))}."));
        }

        return include;
    }

    private static JsonElement With(JsonElement item, Action<JsonObject> change)
    {
        var view = (JsonObject)JsonNode.Parse(item.GetRawText())!;
        change(view);
        return WireJson.Element(view);
    }
}
