using BlazorAgents.Agents.Tools;
using BlazorAgents.Runs;
using Microsoft.AspNetCore.Http.Extensions;

namespace BlazorAgents.Web.Features.Approvals.Console;

/// <summary>The console's filters as they stand in its address; the export takes the same.</summary>
public sealed record ApprovalQuery
{
    /// <summary>What <see cref="View"/> says for everything that no longer waits.</summary>
    public const string History = "history";

    private static readonly string[] s_shows = ["mine", "unassigned", "expiring"];

    /// <summary>Null: what waits; <see cref="History"/>: the rest.</summary>
    public string? View { get; init; }

    /// <summary>One of <c>mine</c>, <c>unassigned</c> and <c>expiring</c>, or null for all.</summary>
    public string? Show { get; init; }

    /// <summary>The tool's name.</summary>
    public string? Tool { get; init; }

    /// <summary>The agent's id.</summary>
    public string? Agent { get; init; }

    /// <summary>The requester's id.</summary>
    public string? By { get; init; }

    /// <summary>The name of a <see cref="ToolRisk"/>.</summary>
    public string? Risk { get; init; }

    /// <summary>Words to search for.</summary>
    public string? Words { get; init; }

    /// <summary>The list is the history.</summary>
    public bool IsHistory => View == History;

    /// <summary>Nothing of the list is left out.</summary>
    public bool IsEmpty => (this with { View = null }).Parts().All(part => string.IsNullOrWhiteSpace(part.Value));

    /// <summary>The filters of a request.</summary>
    public static ApprovalQuery Of(IQueryCollection query) => new()
    {
        View = query["view"], Show = query["show"], Tool = query["tool"], Agent = query["agent"], By = query["by"], Risk = query["risk"], Words = query["words"],
    };

    /// <summary>The filter, and what is wrong, naming the part of the address.</summary>
    public (ApprovalFilter Filter, string? Problem) Read()
    {
        var risk = Enum.TryParse<ToolRisk>(Risk, ignoreCase: true, out var known) && Enum.IsDefined(known) && !int.TryParse(Risk, out _) ? known : (ToolRisk?)null;
        var problem = !string.IsNullOrEmpty(View) && !IsHistory ? $"view: only \"{History}\" is known."
            : !string.IsNullOrEmpty(Show) && !s_shows.Contains(Show) ? $"show: only {string.Join(", ", s_shows)} are known."
            : !string.IsNullOrWhiteSpace(Risk) && risk is null ? $"risk: only {string.Join(", ", Enum.GetNames<ToolRisk>())} are known."
            : null;
        return (new ApprovalFilter
        {
            IsHistory = IsHistory,
            IsMine = Show == "mine",
            IsUnassigned = Show == "unassigned",
            IsExpiring = Show == "expiring",
            ToolName = Known(Tool),
            AgentId = Known(Agent),
            RequesterId = Known(By),
            Risk = risk,
            Search = Words,
        }, problem);
    }

    /// <summary>The address of the list with these filters, and of one request in it.</summary>
    public string AddressOf(string path = "/approvals", Guid? id = null)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in Parts())
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                query.Add(name, value.Trim());
            }
        }

        if (id is { } chosen)
        {
            query.Add("id", chosen.ToString());
        }

        return path + query;
    }

    private (string Name, string? Value)[] Parts() =>
        [("view", View), ("show", Show), ("tool", Tool), ("agent", Agent), ("by", By), ("risk", Risk), ("words", Words)];

    private static string? Known(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
