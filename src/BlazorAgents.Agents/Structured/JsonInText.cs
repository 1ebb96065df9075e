using System.Text.Json;

namespace BlazorAgents.Agents.Structured;

/// <summary>Finds JSON in a model's text: the whole of it, or what stands between prose and Markdown fences.</summary>
internal static class JsonInText
{
    /// <summary>The documents in the text, in order.</summary>
    public static IEnumerable<JsonElement> Find(string text, Func<PartialJson> createReader)
    {
        if (TryParse(text, out var whole, out _))
        {
            return [whole];
        }

        return FindInside(text, createReader);
    }

    /// <summary>A sentence about a text without any.</summary>
    public static string WhyNone(string text)
    {
        _ = TryParse(text, out _, out var why);
        return text.AsSpan().IndexOfAny('{', '[') < 0 ? "It contains no JSON." : $"It is not valid JSON: {why}";
    }

    private static IEnumerable<JsonElement> FindInside(string text, Func<PartialJson> createReader)
    {
        for (var at = 0; at < text.Length;)
        {
            var reader = createReader();
            at += reader.Read(text.AsSpan(at));
            if (reader.IsComplete && TryParse(reader.Complete()!, out var found, out _))
            {
                yield return found;
            }
        }
    }

    private static bool TryParse(string text, out JsonElement json, out string why)
    {
        (json, why) = (default, "");
        try
        {
            json = JsonElement.Parse(text);
            return true;
        }
        catch (JsonException exception)
        {
            why = exception.Message;
            return false;
        }
        catch (ArgumentException)
        {
            why = "It contains text that is not valid Unicode.";
            return false;
        }
    }
}
