using BlazorAgents.Emulator.Demo;

namespace BlazorAgents.Emulator.Embeddings;

/// <summary>A text as a unit vector: each word stem, word pair and letter triple adds to hashed dimensions.</summary>
internal static class HashedVector
{
    private const float PairWeight = 0.5f;
    private const float TripleWeight = 0.15f;

    public static float[] Of(string text, int dimensions)
    {
        var vector = new float[dimensions];
        var words = Words.Content(text);
        if (words.Count == 0)
        {
            words = Words.All(text);
        }

        for (var index = 0; index < words.Count; index++)
        {
            Add(vector, words[index], 1f);
            if (index > 0)
            {
                Add(vector, words[index - 1] + " " + words[index], PairWeight);
            }

            for (var at = 0; at + 3 <= words[index].Length; at++)
            {
                Add(vector, string.Concat("#", words[index].AsSpan(at, 3)), TripleWeight);
            }
        }

        if (words.Count == 0)
        {
            Add(vector, text, 1f);
        }

        return Normalise(vector);
    }

    private static void Add(float[] vector, string feature, float weight)
    {
        var hash = Hash(feature);
        var sign = (hash >> 63) == 0 ? 1f : -1f;
        vector[(int)(hash % (ulong)vector.Length)] += sign * weight;
    }

    private static float[] Normalise(float[] vector)
    {
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        if (length == 0)
        {
            // Features that cancelled out exactly: any fixed direction will do.
            vector[0] = 1f;
            return vector;
        }

        for (var index = 0; index < vector.Length; index++)
        {
            vector[index] /= length;
        }

        return vector;
    }

    /// <summary>FNV-1a with a final mix, 64 bit: the same on every machine and run, unlike string.GetHashCode.</summary>
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        hash ^= hash >> 32;
        hash *= 0x9E3779B97F4A7C15UL;
        return hash ^ (hash >> 29);
    }
}
