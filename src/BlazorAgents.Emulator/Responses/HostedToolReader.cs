using System.Text.Json;
using BlazorAgents.Emulator.VectorStores;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>Checks what each hosted tool requires.</summary>
internal static class HostedToolReader
{
    public static void Check(JsonElement tool, string kind, string at)
    {
        switch (kind)
        {
            case "file_search":
                CheckFileSearch(tool, at);
                break;
            case "code_interpreter":
                CheckCodeInterpreter(tool, at);
                break;
            case "mcp":
                CheckMcp(tool, at);
                break;
            case "image_generation":
                HostedToolFields.CheckImage(tool, at);
                CheckPartialImages(tool, at);
                break;
            default: // the versions of web search
                HostedToolFields.CheckWebSearch(tool, at);
                break;
        }
    }

    private static void CheckPartialImages(JsonElement tool, string at)
    {
        if (tool.Member("partial_images") is { } partial && !(partial.ValueKind == JsonValueKind.Number && partial.TryGetInt32(out var count) && count is >= 0 and <= 3))
        {
            throw new ApiErrorException(ApiError.Invalid($"{at}.partial_images", $"Invalid '{at}.partial_images': expected an integer from 0 to 3."));
        }
    }

    private static void CheckFileSearch(JsonElement tool, string at)
    {
        var stores = tool.Member("vector_store_ids") ?? throw new ApiErrorException(ApiError.Missing($"{at}.vector_store_ids"));
        if (stores.ValueKind != JsonValueKind.Array || stores.EnumerateArray().Any(id => id.ValueKind != JsonValueKind.String))
        {
            throw new ApiErrorException(ApiError.WrongType($"{at}.vector_store_ids", "an array of strings"));
        }

        if (stores.GetArrayLength() == 0)
        {
            throw new ApiErrorException(ApiError.Invalid($"{at}.vector_store_ids", $"Invalid '{at}.vector_store_ids': empty array. Expected an array with minimum length 1, but got an empty array instead.", "empty_array"));
        }

        foreach (var (index, id) in stores.EnumerateArray().Index())
        {
            Parameters.RequirePrefix($"{at}.vector_store_ids[{index}]", id.GetString()!, "vs_");
        }

        if (tool.Member("filters") is { } filters)
        {
            AttributeFilter.Read(filters, $"{at}.filters");
        }

        if (tool.Member("ranking_options")?.Member("score_threshold") is { ValueKind: not JsonValueKind.Number })
        {
            throw new ApiErrorException(ApiError.WrongType($"{at}.ranking_options.score_threshold", "a decimal"));
        }

        if (tool.Member("max_num_results") is { } most && !(most.ValueKind == JsonValueKind.Number && most.TryGetInt32(out var number) && number is >= 1 and <= 50))
        {
            throw new ApiErrorException(ApiError.Invalid($"{at}.max_num_results", $"Invalid '{at}.max_num_results': expected an integer from 1 to 50."));
        }
    }

    private static void CheckCodeInterpreter(JsonElement tool, string at)
    {
        switch (tool.Member("container"))
        {
            case null:
                throw new ApiErrorException(ApiError.Missing($"{at}.container"));
            case { ValueKind: JsonValueKind.String } id:
                Parameters.RequirePrefix($"{at}.container", id.GetString()!, "cntr_");
                break;
            case { ValueKind: JsonValueKind.Object } container when container.Text("type") == "auto":
                HostedToolFields.CheckContainer(container, $"{at}.container");
                break;
            case { ValueKind: JsonValueKind.Object } container:
                throw new ApiErrorException(container.Text("type") is { } type
                    ? ApiError.Invalid($"{at}.container.type", $"Invalid value: '{type}'. Supported values are: 'auto'.")
                    : ApiError.Missing($"{at}.container.type"));
            default:
                throw new ApiErrorException(ApiError.WrongType($"{at}.container", "one of a string or object"));
        }
    }

    private static void CheckMcp(JsonElement tool, string at)
    {
        if (tool.Text("server_label") is not { Length: > 0 })
        {
            throw new ApiErrorException(ApiError.Missing($"{at}.server_label"));
        }

        if (tool.Text("server_url") is not { } url)
        {
            throw new ApiErrorException(tool.Member("connector_id") is null
                ? ApiError.Missing($"{at}.server_url")
                : ApiError.Invalid($"{at}.connector_id", "Connectors do not exist in the offline demo: give a server_url.", "unsupported_value"));
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new ApiErrorException(ApiError.Invalid($"{at}.server_url", $"Invalid '{at}.server_url': expected an absolute http or https URL."));
        }

        HostedToolFields.CheckMcp(tool, at);
        if (tool.Member("authorization") is { } token && !IsHeaderText(token))
        {
            throw new ApiErrorException(ApiError.WrongType($"{at}.authorization", "a string of one line"));
        }

        if (tool.Member("headers") is { } headers && (headers.ValueKind != JsonValueKind.Object || headers.EnumerateObject().Any(header => !IsHeaderText(header.Value))))
        {
            throw new ApiErrorException(ApiError.WrongType($"{at}.headers", "an object of strings of one line"));
        }
    }

    private static bool IsHeaderText(JsonElement value) => value.ValueKind == JsonValueKind.String && !value.GetString()!.Any(char.IsControl);
}
