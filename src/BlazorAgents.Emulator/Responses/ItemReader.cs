using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>Reads input items: checks what their kind requires and completes what OpenAI completes (type, id, status, content list).</summary>
internal static class ItemReader
{
    private static readonly string[] s_roles = ["user", "assistant", "system", "developer"];

    /// <summary>Prefix of the id and required members of each kind; a colon gives a JSON type other than string.</summary>
    private static readonly Dictionary<string, (string Prefix, string[] Required)> s_kinds = new()
    {
        ["function_call"] = ("fc", ["call_id", "name", "arguments"]),
        ["function_call_output"] = ("fco", ["call_id", "output:any"]),
        ["custom_tool_call"] = ("ctc", ["call_id", "name", "input"]),
        ["custom_tool_call_output"] = ("ctco", ["call_id", "output:any"]),
        ["reasoning"] = ("rs", ["summary:array"]),
        ["file_search_call"] = ("fs", ["queries:array"]),
        ["web_search_call"] = ("ws", []),
        ["code_interpreter_call"] = ("ci", ["container_id"]),
        ["image_generation_call"] = ("ig", []),
        ["mcp_list_tools"] = ("mcpl", ["server_label", "tools:array"]),
        ["mcp_call"] = ("mcp", ["server_label", "name", "arguments"]),
        ["mcp_approval_request"] = ("mcpr", ["server_label", "name", "arguments"]),
        ["mcp_approval_response"] = ("mcpa", ["approval_request_id", "approve:boolean"]),
        ["item_reference"] = ("", ["id"]),
        ["compaction"] = ("cmp", ["encrypted_content"]),
    };

    /// <summary>"input": a text, or an array of items.</summary>
    public static IReadOnlyList<JsonElement> ReadInput(JsonElement root, string name = "input") => root.Member(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } => [UserMessage(root.OptionalText(name)!)],
        { ValueKind: JsonValueKind.Array } => ReadMany(root, name),
        _ => throw new ApiErrorException(ApiError.WrongType(name, "one of a string or array of objects")),
    };

    public static IReadOnlyList<JsonElement> ReadMany(JsonElement root, string name) => [.. root.Items(name).Select((item, index) => ReadOne(item, $"{name}[{index}]"))];

    private static JsonElement ReadOne(JsonElement item, string at)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw new ApiErrorException(ApiError.WrongType(at, "an object"));
        }

        var kind = item.OptionalText("type") ?? (item.Member("role") is not null ? "message" : item.Member("id") is not null ? "item_reference" : throw new ApiErrorException(ApiError.Missing($"{at}.type")));
        if (kind == "message")
        {
            return ReadMessage(item, at);
        }

        if (!s_kinds.TryGetValue(kind, out var rules))
        {
            throw new ApiErrorException(ApiError.Invalid($"{at}.type",
                $"Invalid value: '{kind}'. Supported values are: 'message', {string.Join(", ", s_kinds.Keys.Select(known => $"'{known}'"))}."));
        }

        foreach (var required in rules.Required)
        {
            Require(item, at, required);
        }

        var complete = Complete(item, kind, rules.Prefix, at);
        if (kind is "function_call" or "function_call_output" or "custom_tool_call" or "custom_tool_call_output" && item.Member("status") is null)
        {
            complete["status"] = "completed";
        }

        if (kind == "mcp_approval_response")
        {
            // The specification requires a member that it does not describe; OpenAI's examples do not have it.
            complete["request_id"] = complete["approval_request_id"]!.DeepClone();
        }

        return WireJson.Element(complete);
    }

    private static JsonElement ReadMessage(JsonElement item, string at)
    {
        var role = item.Text("role") ?? throw new ApiErrorException(ApiError.Missing($"{at}.role"));
        if (!s_roles.Contains(role))
        {
            throw new ApiErrorException(ApiError.Invalid($"{at}.role", $"Invalid value: '{role}'. Supported values are: 'assistant', 'system', 'developer', and 'user'."));
        }

        var content = item.Member("content") ?? throw new ApiErrorException(ApiError.Missing($"{at}.content"));
        var complete = Complete(item, "message", "msg", at);
        complete["status"] = item.Text("status") ?? "completed";
        complete["content"] = content.ValueKind switch
        {
            JsonValueKind.String => new JsonArray(ContentReader.Text(item.OptionalText("content")!, role)),
            JsonValueKind.Array => ContentReader.ReadParts(content, role, $"{at}.content"),
            _ => throw new ApiErrorException(ApiError.WrongType($"{at}.content", "one of a string or array of objects")),
        };
        return WireJson.Element(complete);
    }

    private static JsonObject Complete(JsonElement item, string kind, string prefix, string at)
    {
        var id = item.OptionalText("id");
        if (id is not null && kind is "message" or "function_call" or "reasoning")
        {
            Parameters.RequirePrefix($"{at}.id", id!, prefix);
        }

        var complete = new JsonObject { ["type"] = kind, ["id"] = id ?? WireId.New(prefix) };
        foreach (var property in item.EnumerateObject().Where(property => property.Name is not ("type" or "id")))
        {
            complete[property.Name] = JsonNode.Parse(property.Value.GetRawText());
        }

        return complete;
    }

    private static void Require(JsonElement item, string at, string required)
    {
        var (name, kind) = required.Split(':') is [var first, var second] ? (first, second) : (required, "string");
        var value = item.Member(name) ?? throw new ApiErrorException(ApiError.Missing($"{at}.{name}"));
        var fits = kind switch
        {
            "any" => value.ValueKind is JsonValueKind.String or JsonValueKind.Array,
            "array" => value.ValueKind == JsonValueKind.Array,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => item.Text(name) is not null,
        };
        if (!fits)
        {
            throw new ApiErrorException(ApiError.WrongType($"{at}.{name}", kind switch { "any" => "one of a string or array of objects", "array" => "an array", "boolean" => "a boolean", _ => "a string" }));
        }
    }

    private static JsonElement UserMessage(string text) => WireJson.Element(new
    {
        type = "message",
        id = WireId.New("msg"),
        status = "completed",
        role = "user",
        content = new[] { new { type = "input_text", text } },
    });
}
