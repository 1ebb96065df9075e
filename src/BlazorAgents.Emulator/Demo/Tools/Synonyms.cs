using System.Collections.Frozen;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Words that mean the same to a tool: the first of a group stands for all.</summary>
internal static class Synonyms
{
    private static readonly FrozenDictionary<string, string> s_canonical = """
        weather forecast temperature rain raining rainy sunny snow umbrella climate
        time clock hour o'clock
        search find look looking lookup locate browse seek
        order buy purchase
        stock available availability inventory
        email mail e-mail
        calculate compute evaluate calculation calculator math
        update set change modify edit
        delete remove erase
        create place make new
        code python script program
        document documentation docs doc
        status state progress tracking track
        image picture photo logo artwork
        generation generate draw paint sketch illustrate
        """.Split('\n')
        .Select(line => line.Trim().Split(' ').Select(Words.Stem).Distinct().ToArray())
        .SelectMany(group => group.Select(word => (Word: word, First: group[0])))
        .ToFrozenDictionary(pair => pair.Word, pair => pair.First);

    public static string Canonical(string stem) => s_canonical.GetValueOrDefault(stem, stem);
}
