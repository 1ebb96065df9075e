namespace BlazorAgents.Emulator.VectorStores;

/// <summary>A piece of a text: where it stands, its vector, and the sorted hashes of its word stems.</summary>
internal sealed record IndexedChunk(int Start, int Length, float[] Vector, int[] Stems)
{
    public bool Has(int stem) => Array.BinarySearch(Stems, stem) >= 0;
}
