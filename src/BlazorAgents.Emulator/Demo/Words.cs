using System.Collections.Frozen;
using System.Text;

namespace BlazorAgents.Emulator.Demo;

/// <summary>Words of a text: lower case, split at signs, digits' edges kept, snake and camel case opened, lightly stemmed.</summary>
internal static class Words
{
    private static readonly FrozenSet<string> s_stop = ("""
        a an the and or but if then of to in on at for from by with without about into as is are was were be been being am do does did doing done
        have has had i me my mine you your yours we us our they them their he she it its this that these those there here what which who whom whose
        when where why how can could would should will shall may might must please let lets just also very so too than not no yes ok okay thank thanks
        give tell want need like know some any more most much many all each every one i'm im i'd id i'll ill it's what's whats don't dont can't
        s t d ll re ve m up out over now hi hello hey get got use using used via e g etc
        """).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    /// <summary>All words, not stemmed.</summary>
    public static List<string> All(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var previous = '\0';
        foreach (var character in text)
        {
            var opens = char.IsUpper(character) && char.IsLower(previous);
            if (opens || !(char.IsLetterOrDigit(character) || (character is '\'' or '’' && word.Length > 0)))
            {
                Close(word, words);
            }

            if (char.IsLetterOrDigit(character) || (character is '\'' or '’' && word.Length > 0))
            {
                word.Append(character == '’' ? '\'' : char.ToLowerInvariant(character));
            }

            previous = character;
        }

        Close(word, words);
        return words;
    }

    /// <summary>Stems of the words that carry meaning.</summary>
    public static List<string> Content(string text) => [.. All(text).Where(word => !s_stop.Contains(word)).Select(Stem)];

    /// <summary>Whether a word says little by itself.</summary>
    public static bool IsStop(string word) => s_stop.Contains(word.ToLowerInvariant());

    /// <summary>A word without its common English ending.</summary>
    public static string Stem(string word)
    {
        if (word.EndsWith("'s", StringComparison.Ordinal))
        {
            word = word[..^2];
        }

        return word switch
        {
            { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
            { Length: > 5 } when word.EndsWith("ing", StringComparison.Ordinal) => Undouble(word[..^3]),
            { Length: > 4 } when word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) => word[..^2],
            { Length: > 4 } when word.EndsWith("ed", StringComparison.Ordinal) && !word.EndsWith("eed", StringComparison.Ordinal) => Undouble(word[..^2]),
            { Length: > 3 } when word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') => Unmute(word[..^1]),
            { Length: > 4 } when word[^1] == 'e' => word[..^1],
            _ => word,
        };
    }

    private static string Unmute(string word) => word.Length > 4 && word[^1] == 'e' ? word[..^1] : word;

    private static string Undouble(string word) => word.Length > 3 && word[^1] == word[^2] && word[^1] is not ('l' or 's') ? word[..^1] : word;

    private static void Close(StringBuilder word, List<string> words)
    {
        while (word.Length > 0 && word[^1] == '\'')
        {
            word.Length--;
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }
}
