namespace BlazorAgents.Emulator.VectorStores;

/// <summary>What to look for in vector stores.</summary>
public sealed record VectorSearch
{
    /// <summary>Default of max_num_results.</summary>
    public const int DefaultResults = 10;

    /// <summary>One query or several; a passage counts with its best.</summary>
    public required IReadOnlyList<string> Queries { get; init; }

    /// <summary>Most passages to return.</summary>
    public int MaxResults { get; init; } = DefaultResults;

    /// <summary>Passages below this score are left out.</summary>
    public double ScoreThreshold { get; init; }

    /// <summary>Which files count, by their attributes; null takes all. See <see cref="AttributeFilter"/>.</summary>
    public Func<IReadOnlyDictionary<string, object>, bool>? Filter { get; init; }

    /// <summary>Whether shared words count beside the vectors; false is ranker "none".</summary>
    public bool Rerank { get; init; } = true;
}
