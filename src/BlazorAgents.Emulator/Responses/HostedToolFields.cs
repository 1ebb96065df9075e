using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>Refuses fields of tools that are of another kind than the specification has: a response shows its tools as they came.</summary>
internal static class HostedToolFields
{
    public static void CheckFunction(JsonElement tool, string at)
    {
        Texts(tool, at, "description");
        if (tool.Member("strict") is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            throw new ApiErrorException(ApiError.WrongType($"{at}.strict", "a boolean"));
        }
    }

    public static void CheckWebSearch(JsonElement tool, string at)
    {
        _ = tool.ChoiceIn($"{at}.", "search_context_size", "low", "medium", "high");
        if (Object(tool, at, "filters", "allowed_domains")?.Member("allowed_domains") is { } domains)
        {
            TextList.Read(domains, $"{at}.filters.allowed_domains");
        }

        if (Object(tool, at, "user_location", "type", "country", "region", "city", "timezone") is { } place)
        {
            _ = place.ChoiceIn($"{at}.user_location.", "type", "approximate") ?? throw new ApiErrorException(ApiError.Missing($"{at}.user_location.type"));
            Texts(place, $"{at}.user_location", "country", "region", "city", "timezone");
        }
    }

    public static void CheckContainer(JsonElement container, string at) => List(container, at, "file_ids");

    public static void CheckImage(JsonElement tool, string at)
    {
        _ = tool.ChoiceIn($"{at}.", "quality", "low", "medium", "high", "auto");
        _ = tool.ChoiceIn($"{at}.", "output_format", "png", "webp", "jpeg");
        _ = tool.ChoiceIn($"{at}.", "background", "transparent", "opaque", "auto");
        _ = tool.ChoiceIn($"{at}.", "moderation", "auto", "low");
        Texts(tool, at, "size", "model");
    }

    public static void CheckMcp(JsonElement tool, string at)
    {
        Texts(tool, at, "server_description");
        if (tool.Member("allowed_tools") is { } allowed)
        {
            CheckNames(allowed, $"{at}.allowed_tools");
        }

        if (tool.Member("require_approval") is { ValueKind: JsonValueKind.Object })
        {
            var approval = Object(tool, at, "require_approval", "always", "never")!.Value;
            foreach (var filter in approval.EnumerateObject())
            {
                CheckFilter(filter.Value, $"{at}.require_approval.{filter.Name}");
            }
        }
        else
        {
            _ = tool.ChoiceIn($"{at}.", "require_approval", "always", "never");
        }
    }

    private static void CheckNames(JsonElement names, string at)
    {
        if (names.ValueKind == JsonValueKind.Array)
        {
            TextList.Read(names, at);
        }
        else
        {
            CheckFilter(names, at);
        }
    }

    private static void CheckFilter(JsonElement filter, string at)
    {
        CheckObject(filter, at, "tool_names", "read_only");
        List(filter, at, "tool_names");
        if (filter.TryGetProperty("read_only", out var only) && only.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            throw new ApiErrorException(ApiError.WrongType($"{at}.read_only", "a boolean"));
        }
    }

    /// <summary>An object of these fields only; null where it is absent or null.</summary>
    private static JsonElement? Object(JsonElement owner, string at, string name, params string[] known)
    {
        if (owner.Member(name) is not { } value)
        {
            return null;
        }

        CheckObject(value, $"{at}.{name}", known);
        return value;
    }

    private static void CheckObject(JsonElement value, string at, params string[] known)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new ApiErrorException(ApiError.WrongType(at, "an object"));
        }

        foreach (var field in value.EnumerateObject().Where(field => !known.Contains(field.Name)))
        {
            throw new ApiErrorException(ApiError.Invalid($"{at}.{field.Name}", $"Unknown parameter: '{at}.{field.Name}'.", "unknown_parameter"));
        }
    }

    private static void Texts(JsonElement owner, string at, params string[] names)
    {
        foreach (var name in names.Where(name => owner.Member(name) is not null && owner.Text(name) is null))
        {
            throw new ApiErrorException(ApiError.WrongType($"{at}.{name}", "a string"));
        }
    }

    private static void List(JsonElement owner, string at, string name)
    {
        if (owner.TryGetProperty(name, out var list))
        {
            TextList.Read(list, $"{at}.{name}");
        }
    }
}
