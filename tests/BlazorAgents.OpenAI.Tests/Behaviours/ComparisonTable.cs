using System.Globalization;
using System.Text;
using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>What each client type can do, in Markdown, from what the behaviours showed.</summary>
internal sealed class ComparisonTable
{
    private static readonly (ClientType Type, string Name)[] s_columns =
    [
        (ClientType.Chat, "Chat"),
        (ClientType.Responses, "Responses"),
        (ClientType.Assistants, "Assistants"),
        (ClientType.AssistantsApi, "Assistants API"),
    ];

    private readonly List<string> _notes = [];

    /// <summary>The table, with a note for each "no".</summary>
    public static async Task<string> WriteAsync()
    {
        var runs = new Dictionary<ClientType, BehaviourRun>();
        foreach (var (type, _) in s_columns)
        {
            runs[type] = await BehaviourRun.OfAsync(type);
        }

        return new ComparisonTable().Write(runs);
    }

    private string Write(Dictionary<ClientType, BehaviourRun> runs)
    {
        var text = new StringBuilder();
        text.Append("| | ").AppendJoin(" | ", s_columns.Select(column => column.Name)).Append(" |\n");
        text.Append('|').Append(string.Concat(Enumerable.Repeat("---|", s_columns.Length + 1))).Append('\n');
        foreach (var row in BehaviourList.All.GroupBy(behaviour => behaviour.Feature))
        {
            var cells = s_columns.Select(column => Cell(column.Type, runs[column.Type], [.. row]));
            text.Append("| ").Append(row.Key).Append(" | ").AppendJoin(" | ", cells).Append(" |\n");
        }

        foreach (var (index, note) in _notes.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"{(index == 0 ? "\n" : "")}{index + 1}. {note}\n");
        }

        return text.ToString();
    }

    private string Cell(ClientType type, BehaviourRun run, IReadOnlyList<Behaviour> behaviours)
    {
        if (!behaviours.All(run.Holds))
        {
            return "broken";
        }

        List<string> reasons = [.. behaviours.Select(behaviour => behaviour.LimitOf(type)?.Reason).OfType<string>().Distinct()];
        var limited = behaviours.Count(behaviour => behaviour.LimitOf(type) is not null);
        List<string> remarks = [.. behaviours.Select(behaviour => behaviour.RemarkOf(type)).OfType<string>().Distinct()];
        var word = limited == 0 ? "yes" : limited == behaviours.Count ? "no" : "partly";
        return reasons.Count + remarks.Count == 0 ? word : $"{word} ({Note(string.Join(" ", [.. reasons, .. remarks]))})";
    }

    /// <summary>The number of a note; the same words have the same number.</summary>
    private int Note(string words)
    {
        if (!_notes.Contains(words))
        {
            _notes.Add(words);
        }

        return _notes.IndexOf(words) + 1;
    }
}
