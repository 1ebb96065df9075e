using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Embeddings;

namespace BlazorAgents.Emulator.VectorStores;

/// <summary>A file's text, ready to be searched.</summary>
internal sealed class IndexedText
{
    private const int Dimensions = 384;

    private IndexedText(string text, IReadOnlyList<IndexedChunk> chunks) => (Text, Chunks) = (text, chunks);

    public string Text { get; }

    public IReadOnlyList<IndexedChunk> Chunks { get; }

    /// <summary>Bytes that it takes in memory.</summary>
    public long Size => (2L * Text.Length) + Chunks.Sum(chunk => (sizeof(float) * (long)chunk.Vector.Length) + (sizeof(int) * (long)chunk.Stems.Length));

    public static IndexedText Of(string text, ChunkingStrategy strategy, CancellationToken ct)
    {
        var chunks = new List<IndexedChunk>();
        foreach (var (start, length) in Chunker.Cut(text, strategy))
        {
            ct.ThrowIfCancellationRequested();
            var piece = text.Substring(start, length);
            if (!string.IsNullOrWhiteSpace(piece))
            {
                chunks.Add(new IndexedChunk(start, length, Vector(piece), [.. Stems(piece).Order()]));
            }
        }

        return new IndexedText(text, chunks);
    }

    public string TextOf(IndexedChunk chunk) => Text.Substring(chunk.Start, chunk.Length);

    public static float[] Vector(string text) => HashedVector.Of(text, Dimensions);

    /// <summary>Hashes of the words that carry meaning, each once; of all words if none does.</summary>
    public static IEnumerable<int> Stems(string text)
    {
        var words = Words.Content(text);
        return (words.Count > 0 ? words : Words.All(text)).Select(word => string.GetHashCode(word, StringComparison.Ordinal)).Distinct();
    }
}
