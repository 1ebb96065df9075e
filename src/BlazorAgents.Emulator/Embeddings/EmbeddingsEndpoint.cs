using System.Runtime.InteropServices;
using System.Text.Json;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Embeddings;

/// <summary>POST /v1/embeddings with vectors of hashed words: equal texts are equal, texts that share words are near.</summary>
internal static class EmbeddingsEndpoint
{
    private const int DefaultDimensions = 1536;
    private const int LargeDimensions = 3072;
    private const int MaxInputs = 2048;

    public static readonly IReadOnlyList<string> Models = ["text-embedding-3-small", "text-embedding-3-large", "text-embedding-ada-002", "demo-embedding"];

    public static bool Knows(string model) => Models.Contains(model) || model.Contains("demo", StringComparison.OrdinalIgnoreCase);

    public static Task AnswerAsync(Exchange exchange)
    {
        var root = WireJson.ParseObject(exchange.Body);
        var model = root.Text("model") is { Length: > 0 } id ? id : throw new ApiErrorException(new ApiError(400, "you must provide a model parameter"));
        if (!Knows(model))
        {
            throw new ApiErrorException(ApiError.ModelNotFound(model));
        }

        var full = model.Contains("large", StringComparison.Ordinal) ? LargeDimensions : DefaultDimensions;
        var dimensions = ReadDimensions(root, full);
        var base64 = ReadFormat(root);
        var inputs = ReadInputs(root);
        var data = inputs.Select((text, index) => new { @object = "embedding", index, embedding = Encode(HashedVector.Of(text, dimensions), base64) });
        var tokens = inputs.Sum(Tokens.Count);
        return WireJson.WriteAsync(exchange, new { @object = "list", data, model, usage = new { prompt_tokens = tokens, total_tokens = tokens } });
    }

    private static object Encode(float[] vector, bool base64) =>
        base64 ? Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector)) : vector;

    private static int ReadDimensions(JsonElement root, int full) => root.Member("dimensions") switch
    {
        null => full,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var wanted) && wanted > 0 && wanted <= full => wanted,
        _ => throw new ApiErrorException(ApiError.Invalid("dimensions", $"Invalid value for 'dimensions': expected an integer between 1 and {full}.")),
    };

    private static bool ReadFormat(JsonElement root) => root.Member("encoding_format") switch
    {
        null => false,
        _ => root.Text("encoding_format") switch
        {
            "float" => false,
            "base64" => true,
            _ => throw new ApiErrorException(ApiError.Invalid("encoding_format", "Invalid value for 'encoding_format': supported values are 'float' and 'base64'.")),
        },
    };

    private static List<string> ReadInputs(JsonElement root)
    {
        var input = root.Member("input") ?? throw new ApiErrorException(ApiError.Missing("input"));
        List<string> inputs = input.ValueKind switch
        {
            JsonValueKind.String => [root.Text("input") ?? ""],
            JsonValueKind.Array when input.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number) => [input.GetRawText()],
            JsonValueKind.Array => [.. input.EnumerateArray().Select(ReadInput)],
            _ => throw new ApiErrorException(ApiError.WrongType("input", "a string or an array")),
        };
        return inputs.Count is 0 or > MaxInputs || inputs.Any(text => text is "" or "[]")
            ? throw new ApiErrorException(ApiError.Invalid("input", "Invalid 'input': it must not be empty, hold empty strings or have more than 2048 items.", null))
            : inputs;
    }

    private static string ReadInput(JsonElement item)
    {
        try
        {
            return item.ValueKind switch
            {
                JsonValueKind.String => item.GetString()!,
                JsonValueKind.Array => item.GetRawText(),
                _ => throw new ApiErrorException(ApiError.WrongType("input", "an array of strings or of token arrays")),
            };
        }
        catch (InvalidOperationException)
        {
            throw new ApiErrorException(new ApiError(400, "Invalid body: failed to parse JSON value: a string is not valid Unicode."));
        }
    }
}
