using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.VectorStores;

/// <summary>How a file's text is cut: tokens of a chunk, and tokens that it shares with the one before.</summary>
public sealed record ChunkingStrategy(int MaxTokens, int OverlapTokens)
{
    private const int Smallest = 100;
    private const int Largest = 4096;

    /// <summary>What "auto" means: 800 and 400.</summary>
    public static ChunkingStrategy Auto { get; } = new(800, 400);

    internal object Shape => new { type = "static", @static = new { max_chunk_size_tokens = MaxTokens, chunk_overlap_tokens = OverlapTokens } };

    internal static ChunkingStrategy? Read(JsonElement body, string param = "chunking_strategy")
    {
        if (body.Member("chunking_strategy") is not { } strategy)
        {
            return null;
        }

        switch (strategy.Text("type"))
        {
            case "auto":
                return Auto;
            case "static":
                var sizes = strategy.Member("static") ?? throw new ApiErrorException(ApiError.Missing($"{param}.static"));
                var most = Number(sizes, "max_chunk_size_tokens", $"{param}.static");
                var overlap = Number(sizes, "chunk_overlap_tokens", $"{param}.static");
                return most is < Smallest or > Largest
                    ? throw new ApiErrorException(ApiError.Invalid($"{param}.static.max_chunk_size_tokens", $"Invalid '{param}.static.max_chunk_size_tokens': expected a value between {Smallest} and {Largest}, but got {most}."))
                    : overlap < 0 || overlap > most / 2
                        ? throw new ApiErrorException(ApiError.Invalid($"{param}.static.chunk_overlap_tokens", $"Invalid '{param}.static.chunk_overlap_tokens': the overlap must not exceed half of max_chunk_size_tokens, but got {overlap}."))
                        : new ChunkingStrategy(most, overlap);
            case null:
                throw new ApiErrorException(ApiError.Missing($"{param}.type"));
            case var type:
                throw new ApiErrorException(ApiError.Invalid($"{param}.type", $"Invalid value: '{type}'. Supported values are: 'auto' and 'static'."));
        }
    }

    private static int Number(JsonElement sizes, string name, string param) => sizes.Member(name) is null
        ? throw new ApiErrorException(ApiError.Missing($"{param}.{name}"))
        : sizes.Int(name) ?? throw new ApiErrorException(ApiError.WrongType($"{param}.{name}", "an integer"));
}
