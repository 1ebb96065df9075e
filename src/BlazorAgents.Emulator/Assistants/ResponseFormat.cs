using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>response_format: "auto", text, json_object or json_schema.</summary>
internal static class ResponseFormat
{
    public const string Auto = "auto";

    /// <summary>The format as it came, or null if the body has none.</summary>
    public static JsonElement? Read(JsonElement body)
    {
        if (body.Member("response_format") is not { } format)
        {
            return null;
        }

        if (body.Text("response_format") == Auto)
        {
            return format;
        }

        switch (format.Text("type"))
        {
            case "text" or "json_object":
                return format;
            case "json_schema":
                var described = format.Member("json_schema") ?? throw new ApiErrorException(ApiError.Missing("response_format.json_schema"));
                _ = described.Text("name") is { Length: > 0 } ? "" : throw new ApiErrorException(ApiError.Missing("response_format.json_schema.name"));
                Fields.Kind(described, "description", "response_format.json_schema", "a string", JsonValueKind.String);
                Fields.Kind(described, "strict", "response_format.json_schema", "a boolean", JsonValueKind.True, JsonValueKind.False);
                return Fields.Kind(described, "schema", "response_format.json_schema", "an object", JsonValueKind.Object) is null
                    ? throw new ApiErrorException(ApiError.Missing("response_format.json_schema.schema"))
                    : format;
            case var type:
                throw new ApiErrorException(ApiError.Invalid("response_format.type", $"Invalid value: '{type}'. Supported values are: 'text', 'json_object', and 'json_schema'."));
        }
    }

    public static JsonElement? Schema(JsonElement? format) =>
        format?.Text("type") == "json_schema" ? format.Value.Member("json_schema")?.Member("schema") : null;

    public static bool IsJson(JsonElement? format) => format?.Text("type") is "json_schema" or "json_object";

    public static bool IsJsonObject(JsonElement? format) => format?.Text("type") == "json_object";
}
