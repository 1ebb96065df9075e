using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>Turns what a tool returned into the text that the model reads.</summary>
internal static class ToolResultText
{
    internal const string Nothing = "The tool finished and returned nothing.";

    // Models read text, not HTML: no white space to pay for, and no escapes in place of letters.
    private static readonly JsonSerializerOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text, cut to <paramref name="maxLength"/> characters, and whether the tool reported an error.</summary>
    public static (string Text, bool Failed) Of(object? value, AIFunction tool, int maxLength)
    {
        if (BinaryLength(value, tool) is { } length)
        {
            return (DescribeBinary("application/octet-stream", length), false);
        }

        if (value is JsonElement { ValueKind: JsonValueKind.Object } element && McpResultText.TryRead(element) is { } mcp)
        {
            return (Cut(mcp.Text, maxLength), mcp.Failed);
        }

        return (Cut(Describe(value, tool), maxLength), value is ErrorContent);
    }

    internal static string DescribeBinary(string mediaType, long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"[binary result, {mediaType}, {bytes:N0} bytes; not shown as text]");

    private static string Describe(object? value, AIFunction tool) => value switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => Nothing,
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement element => JsonSerializer.Serialize(element, s_compact),
        AIContent content => Describe(content),
        IEnumerable<AIContent> contents => string.Join('\n', contents.Select(Describe)),
        _ => JsonSerializer.Serialize(
            JsonSerializer.SerializeToElement(value, tool.JsonSerializerOptions.GetTypeInfo(value.GetType())), s_compact),
    };

    private static string Describe(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        DataContent data => DescribeBinary(data.MediaType, data.Data.Length),
        UriContent uri => $"[{uri.MediaType} at {uri.Uri}]",
        HostedFileContent file => $"[file {file.Name ?? file.FileId}]",
        ErrorContent error => $"Error: {error.Message}",
        _ => $"[{content.GetType().Name}]",
    };

    /// <summary>The length if the value is binary, also behind the base64 that AIFunctionFactory makes of a byte array.</summary>
    private static long? BinaryLength(object? value, AIFunction tool) => value switch
    {
        byte[] bytes => bytes.Length,
        ReadOnlyMemory<byte> memory => memory.Length,
        Memory<byte> memory => memory.Length,
        Stream stream => stream.CanSeek ? stream.Length : 0,
        JsonElement { ValueKind: JsonValueKind.String } text when ReturnsBytes(tool) && text.TryGetBytesFromBase64(out var bytes) => bytes.Length,
        _ => null,
    };

    private static bool ReturnsBytes(AIFunction tool)
    {
        var type = tool.UnderlyingMethod?.ReturnType;
        if (type is { IsGenericType: true } && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
        {
            type = type.GetGenericArguments()[0];
        }

        return type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) || type == typeof(Memory<byte>);
    }

    internal static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = maxLength > 0 && char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, end)}\n[Cut: the first {end:N0} of {text.Length:N0} characters are shown.]");
    }
}
