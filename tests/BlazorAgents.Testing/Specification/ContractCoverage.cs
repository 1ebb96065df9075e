using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace BlazorAgents.Testing.Specification;

/// <summary>Which operations and events of the specification were seen, and how often.</summary>
public sealed class ContractCoverage
{
    private readonly ConcurrentDictionary<string, int> _requests = new();
    private readonly ConcurrentDictionary<string, int> _answers = new();
    private readonly ConcurrentDictionary<string, int> _failures = new();
    private readonly ConcurrentDictionary<(string Stream, string Event), int> _events = new();

    /// <summary>The ids of operations that were asked for.</summary>
    public IReadOnlySet<string> Requested => _requests.Keys.ToHashSet();

    /// <summary>The ids of operations that were answered with success.</summary>
    public IReadOnlySet<string> Answered => _answers.Keys.ToHashSet();

    /// <summary>The events that were seen, by the schema of their stream.</summary>
    public IReadOnlySet<(string Stream, string Event)> Events => _events.Keys.ToHashSet();

    /// <summary>The table of what was seen, for the output of a test.</summary>
    public string Table(OpenApiContract contract)
    {
        var text = new StringBuilder();
        var seen = contract.Operations.Count(operation => _answers.ContainsKey(operation.Id));
        text.AppendLine(CultureInfo.InvariantCulture, $"Operations answered: {seen} of {contract.Operations.Count} (requests / successes / errors)");
        foreach (var operation in contract.Operations)
        {
            var counts = $"{_requests.GetValueOrDefault(operation.Id),5} {_answers.GetValueOrDefault(operation.Id),5} {_failures.GetValueOrDefault(operation.Id),5}";
            text.AppendLine(CultureInfo.InvariantCulture, $"{counts}  {operation.Method,-6} {operation.Path} ({operation.Id})");
        }

        foreach (var (stream, names) in contract.Events.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{stream}: {names.Count(name => _events.ContainsKey((stream, name)))} of {names.Count} events");
            foreach (var name in names)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{_events.GetValueOrDefault((stream, name)),5}  {(name.Length == 0 ? "(the only kind)" : name)}");
            }
        }

        return text.ToString();
    }

    internal void AddRequest(ContractOperation operation) => Count(_requests, operation.Id);

    internal void AddAnswer(ContractOperation operation, int status) => Count(status < 400 ? _answers : _failures, operation.Id);

    internal void AddEvent(string stream, string kind) => Count(_events, (stream, kind));

    private static void Count<TKey>(ConcurrentDictionary<TKey, int> counts, TKey key)
        where TKey : notnull => counts.AddOrUpdate(key, 1, (_, count) => count + 1);
}
