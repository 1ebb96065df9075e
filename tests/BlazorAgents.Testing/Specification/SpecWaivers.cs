using System.Text.Json.Nodes;

namespace BlazorAgents.Testing.Specification;

/// <summary>
/// Where the specification is not taken at its word. Besides these places three rules hold everywhere: "nullable: true", OpenAPI 3.0's
/// word, still means "or null" (3.1 has no such keyword); an answer of a failed request is an ErrorResponse (the operations
/// list no bodies of errors); an object that lists its properties has no others (the specification leaves almost all objects open).
/// </summary>
public static class SpecWaivers
{
    private const string Schemas = "/components/schemas/";

    /// <summary>Every waiver.</summary>
    public static IReadOnlyList<SpecWaiver> All { get; } =
    [
        new(Schemas + "CompoundFilter/properties/filters/items/oneOf/1",
            "$recursiveRef is a keyword of JSON Schema 2019-09; 2020-12 dropped it. It means the filter itself.",
            node => Become(node, Reference("CompoundFilter"))),
        new(Schemas + "CompoundFilter",
            "$recursiveAnchor belongs to that keyword.",
            node => node.Remove("$recursiveAnchor")),
        Streams("/paths/~1responses~1{response_id}/get", "ResponseStreamEvent", "Its parameter stream=true streams, as its description says; the answer lists only JSON."),
        Streams("/paths/~1threads~1{thread_id}~1runs/post", "AssistantStreamEvent", "Its field stream=true streams; the answer lists only JSON."),
        Streams("/paths/~1threads~1runs/post", "AssistantStreamEvent", "Its field stream=true streams; the answer lists only JSON."),
        Streams("/paths/~1threads~1{thread_id}~1runs~1{run_id}~1submit_tool_outputs/post", "AssistantStreamEvent", "Its field stream=true streams; the answer lists only JSON."),
        new("/paths/~1files~1{file_id}~1content/get/responses/200",
            "A file's content is answered as its bytes, not as a string of JSON.",
            node => node.Remove("content")),
        new(Schemas + "Embedding/properties/embedding",
            "The request may ask for encoding_format=base64 (the SDK always does), and the answer is a string then; the schema knows the array only.",
            node => Become(node, new JsonObject { ["anyOf"] = new JsonArray(node.DeepClone(), new JsonObject { ["type"] = "string" }) })),
        AnyOf("InputItem", "A message with a type, a role and parts is both an EasyInputMessage and an InputMessage; the specification's own examples are."),
        new(Schemas + "MCPApprovalResponse", "It requires request_id, which is no property of it.", node => Unrequire(node, "request_id")),
        new(Schemas + "MCPApprovalResponseResource", "It requires request_id, which is no property of it.", node => Unrequire(node, "request_id")),
        .. new[] { "action", "background", "output_format", "quality", "revised_prompt", "size" }.Select(property => Extra("ImageGenToolCall", property,
            "The schema knows the picture only; servers say how it was made as well, and the official SDK has a property for each.")),
        Extra("Response/allOf/2", "store", "The specification's own examples of a response have it."),
        Extra("ChatCompletionStreamResponseDelta", "reasoning_content", "Compatible servers stream their reasoning in it, and our Chat client reads it; scripts of the emulator send it."),
        Extra("ChatCompletionResponseMessage", "reasoning_content", "The same in an answer that is not streamed."),
    ];

    private static SpecWaiver Streams(string operation, string schema, string reason) =>
        new(operation + "/responses/200/content", reason, node => node["text/event-stream"] = new JsonObject { ["schema"] = Reference(schema) });

    /// <summary>Alternatives that overlap, so that "exactly one" cannot be meant.</summary>
    private static SpecWaiver AnyOf(string schema, string reason) => new(Schemas + schema, reason, node =>
    {
        node["anyOf"] = node["oneOf"]!.DeepClone();
        node.Remove("oneOf");
    });

    private static void Unrequire(JsonObject node, string property)
    {
        var required = node["required"]!.AsArray();
        required.Remove(required.Single(name => (string)name! == property));
    }

    /// <summary>A property that the specification does not list and that is allowed all the same.</summary>
    private static SpecWaiver Extra(string schema, string property, string reason) =>
        new(Schemas + schema + "/properties", reason, node => node[property] = new JsonObject());

    private static JsonObject Reference(string schema) => new() { ["$ref"] = "#" + Schemas + schema };

    private static void Become(JsonObject node, JsonObject other)
    {
        node.Clear();
        foreach (var (word, value) in other)
        {
            node[word] = value?.DeepClone();
        }
    }
}
