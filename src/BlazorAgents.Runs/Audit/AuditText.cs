using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>Brings what is told to the audit to its bounds: strangers can choose some of it.</summary>
internal static class AuditText
{
    /// <summary>The most that details may have, in bytes of UTF-8.</summary>
    public const int MaxDetails = 8 * 1024;

    private static readonly JsonSerializerOptions s_json = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <summary>One line without control characters, at most so many characters long; "…" ends what was cut.</summary>
    public static string Clean(string text, int length)
    {
        var (clean, most) = (new StringBuilder(Math.Min(text.Length, length)), text.Length > length ? length - 1 : length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > most)
            {
                break;
            }

            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return text.Length > length ? clean.Append('…').ToString() : clean.ToString();
    }

    /// <summary>The details as JSON; of those that are too long the beginning, as text.</summary>
    public static string DetailsOf(object? details)
    {
        var json = details is null ? "{}" : Write(details);
        var whole = json;
        for (var length = Math.Min(whole.Length, MaxDetails); Encoding.UTF8.GetByteCount(json) > MaxDetails; length /= 2)
        {
            json = Write(new { shortened = whole[..length] });
        }

        return json;
    }

    private static string Write(object value) => JsonSerializer.Serialize(value, s_json);
}
