namespace BlazorAgents.Emulator.VectorStores;

/// <summary>Scores chunks from 0 to 1: half the angle between the vectors, half the query's words that the chunk holds, rare words counting more.</summary>
internal static class Ranking
{
    private const double VectorWeight = 0.5;

    /// <summary>Below this only chance collisions of the hashed vectors speak for a chunk.</summary>
    private const double Noise = 0.05;

    public static IReadOnlyList<VectorHit> Rank(IReadOnlyList<RankedFile> files, VectorSearch search)
    {
        var chunks = files.SelectMany(file => file.Text.Chunks.Select(chunk => (File: file, Chunk: chunk))).ToList();
        var best = new double[chunks.Count];
        foreach (var query in search.Queries)
        {
            var vector = IndexedText.Vector(query);
            var stems = IndexedText.Stems(query).ToList();
            var weights = stems.Select(stem => Math.Log(1 + ((double)chunks.Count / (1 + chunks.Count(entry => entry.Chunk.Has(stem)))))).ToList();
            var all = weights.Sum();
            for (var index = 0; index < chunks.Count; index++)
            {
                var angle = Math.Max(0, Dot(vector, chunks[index].Chunk.Vector));
                var shared = all > 0 ? stems.Zip(weights, (stem, weight) => chunks[index].Chunk.Has(stem) ? weight : 0).Sum() / all : 0;
                var score = search.Rerank ? (VectorWeight * angle) + ((1 - VectorWeight) * shared) : angle;
                best[index] = Math.Max(best[index], score);
            }
        }

        return [.. chunks.Zip(best, (entry, score) => (entry.File, entry.Chunk, Score: Math.Round(Math.Min(1, score), 4)))
            .Where(entry => entry.Score >= Math.Max(Noise, search.ScoreThreshold))
            .OrderByDescending(entry => entry.Score)
            .Take(search.MaxResults)
            .Select(entry => new VectorHit(entry.File.FileId, entry.File.FileName, entry.Score, entry.File.Text.TextOf(entry.Chunk), entry.File.Attributes))];
    }

    private static double Dot(float[] left, float[] right)
    {
        var sum = 0f;
        for (var index = 0; index < left.Length; index++)
        {
            sum += left[index] * right[index];
        }

        return sum;
    }
}
