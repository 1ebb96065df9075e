using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses.Mcp;

/// <summary>Which tools of a server may be used, and which of them need an approval for each call.</summary>
internal static class McpApproval
{
    public static bool IsAllowed(JsonElement server, JsonElement tool) => server.Member("allowed_tools") switch
    {
        null => true,
        { ValueKind: JsonValueKind.Array } names => Holds(names, tool),
        { } filter => Fits(filter, tool),
    };

    /// <summary>require_approval: "always" (the default), "never", or filters for each; a tool that no filter names needs one.</summary>
    public static bool Needs(JsonElement server, JsonElement tool) => server.Member("require_approval") switch
    {
        null => true,
        { ValueKind: JsonValueKind.String } => server.Text("require_approval") != "never",
        { } filters when filters.Member("always") is { } always && Fits(always, tool) => true,
        { } filters => !(filters.Member("never") is { } never && Fits(never, tool)),
    };

    /// <summary>The approval request that a response answers. Throws 400 if there is none.</summary>
    public static JsonElement Find(IEnumerable<JsonElement> items, string id)
    {
        var request = items.FirstOrDefault(item => item.Text("type") == "mcp_approval_request" && item.Text("id") == id);
        return request.ValueKind == JsonValueKind.Object
            ? request
            : throw new ApiErrorException(ApiError.Invalid("input", $"Approval request with id '{id}' not found.", null));
    }

    private static bool Fits(JsonElement filter, JsonElement tool) =>
        (filter.Member("tool_names") is not { } names || Holds(names, tool))
        && (filter.Member("read_only") is not { } readOnly || (readOnly.ValueKind == JsonValueKind.True) == (tool.Member("annotations")?.IsTrue("readOnlyHint") ?? false));

    private static bool Holds(JsonElement names, JsonElement tool) =>
        names.ValueKind == JsonValueKind.Array && names.EnumerateArray().Any(name => name.ValueKind == JsonValueKind.String && name.GetString() == tool.Text("name"));
}
