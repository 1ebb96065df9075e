using System.Text.Encodings.Web;
using System.Text.Json;

namespace BlazorAgents.Emulator.Wire;

/// <summary>JSON in and out of the wire, with text left readable as OpenAI leaves it.</summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(object value) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Options);

    public static string Text(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    public static JsonElement Element(object value) => JsonSerializer.SerializeToElement(value, value.GetType(), Options);

    public static Task WriteAsync(Exchange exchange, object value)
    {
        exchange.Http.Response.ContentType = "application/json";
        return exchange.Http.Response.Body.WriteAsync(Bytes(value), exchange.Gone).AsTask();
    }

    /// <summary>The body as an object, or OpenAI's 400.</summary>
    public static JsonElement ParseObject(ReadOnlyMemory<byte> body)
    {
        if (TryParse(body, out var root) && root.ValueKind == JsonValueKind.Object)
        {
            return root;
        }

        throw new ApiErrorException(new ApiError(400,
            "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload.)"));
    }

    /// <summary>The body as an object whose every string is Unicode and whose names differ, so that it can be kept and written again.</summary>
    public static JsonElement ParseStrict(ReadOnlyMemory<byte> body)
    {
        var root = ParseObject(body);
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            Read(root);
            return root;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ApiErrorException(new ApiError(400, "Invalid body: failed to parse JSON value: a string is not valid Unicode, or a name stands twice in one object."));
        }
    }

    /// <summary>False for anything that is not JSON, lone surrogates in strings included.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> body, out JsonElement root)
    {
        root = default;
        try
        {
            using var document = JsonDocument.Parse(body);
            root = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static bool TryParse(string text, out JsonElement root)
    {
        root = default;
        try
        {
            using var document = JsonDocument.Parse(text);
            root = document.RootElement.Clone();
            return true;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return false;
        }
    }

    public static JsonElement? Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>A string member, or null if it is absent, of another kind or not valid Unicode.</summary>
    public static string? Text(this JsonElement value, string name)
    {
        try
        {
            return value.Member(name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static bool IsTrue(this JsonElement value, string name) => value.Member(name) is { ValueKind: JsonValueKind.True };

    public static int? Int(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt32(out var number) ? number : null;

    /// <summary>The items of an array member; empty if it is absent or of another kind.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Array } member ? member.EnumerateArray() : [];

    /// <summary>Reads every name and string; throws for half a surrogate pair.</summary>
    private static void Read(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Read(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    _ = property.Name;
                    Read(property.Value);
                }

                break;
        }
    }
}
