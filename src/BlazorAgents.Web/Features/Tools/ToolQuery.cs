using BlazorAgents.Agents.Tools;
using BlazorAgents.Runs;
using Microsoft.AspNetCore.Http.Extensions;

namespace BlazorAgents.Web.Features.Tools;

/// <summary>The grid's filters and order as they stand in its address.</summary>
public sealed record ToolQuery
{
    private static readonly Dictionary<string, Func<ToolOverview, object?>> s_columns = new(StringComparer.Ordinal)
    {
        ["name"] = tool => tool.Name,
        ["risk"] = tool => tool.Agents.Max(agent => agent.Risk),
        ["agents"] = tool => tool.Agents.Count,
        ["calls"] = tool => tool.Figures.Calls,
        ["errors"] = tool => tool.Figures.ErrorRate,
        ["p95"] = tool => tool.Figures.P95,
        ["asks"] = tool => tool.Agents.Max(agent => agent.Mode),
    };

    /// <summary>Words of the name or the description.</summary>
    public string? Words { get; init; }

    /// <summary>The name of a <see cref="ToolRisk"/>.</summary>
    public string? Risk { get; init; }

    /// <summary>The agent's id: its tools and its calls.</summary>
    public string? Agent { get; init; }

    /// <summary>A key of <see cref="ToolPeriods"/>.</summary>
    public string? Period { get; init; }

    /// <summary>A column, with a minus in front for the greatest first.</summary>
    public string? Sort { get; init; }

    /// <summary>No tool is left out.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Words) && string.IsNullOrWhiteSpace(Risk) && string.IsNullOrWhiteSpace(Agent);

    private ToolRisk? KnownRisk =>
        Enum.TryParse<ToolRisk>(Risk, ignoreCase: true, out var risk) && Enum.IsDefined(risk) && !int.TryParse(Risk, out _) ? risk : null;

    private string Column => Sort?.TrimStart('-') is { Length: > 0 } column ? column : "name";

    private bool IsDescending => Sort?.StartsWith('-') == true;

    /// <summary>What is wrong with the address, naming the part; null when nothing is.</summary>
    public string? Problem =>
        ToolPeriods.Find(Period) is null ? ToolPeriods.Problem
        : !string.IsNullOrWhiteSpace(Risk) && KnownRisk is null ? $"risk: only {string.Join(", ", Enum.GetNames<ToolRisk>())} are known."
        : !s_columns.ContainsKey(Column) ? $"sort: only {string.Join(", ", s_columns.Keys)} are known, with a minus in front for the greatest first."
        : null;

    /// <summary>The tools that fit, in order. What has no figure comes last either way.</summary>
    public IReadOnlyList<ToolOverview> Apply(IEnumerable<ToolOverview> tools)
    {
        var fitting = tools.Where(Fits).OrderBy(tool => s_columns[Column](tool) is null);
        var ordered = IsDescending ? fitting.ThenByDescending(s_columns[Column], Comparer<object?>.Default) : fitting.ThenBy(s_columns[Column], Comparer<object?>.Default);
        return [.. ordered.ThenBy(tool => tool.Name, StringComparer.Ordinal)];
    }

    /// <summary>The order that a click on a column's head asks for: figures begin with the greatest.</summary>
    public ToolQuery SortedBy(string column, bool isFigure) =>
        this with { Sort = Column == column ? (IsDescending ? column : $"-{column}") : isFigure ? $"-{column}" : column };

    /// <summary>The value of <c>aria-sort</c> for a column; null when the grid is sorted by another one.</summary>
    public string? DirectionOf(string column) => Column != column ? null : IsDescending ? "descending" : "ascending";

    /// <summary>The address of the grid.</summary>
    public string AddressOf()
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in ((string, string?)[])[("words", Words), ("risk", Risk), ("agent", Agent), ("period", Period), ("sort", Sort == "name" ? null : Sort)])
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                query.Add(name, value.Trim());
            }
        }

        return "/tools" + query;
    }

    private bool Fits(ToolOverview tool) =>
        (KnownRisk is not { } risk || tool.Agents.Any(agent => agent.Risk == risk))
        && (Words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
            tool.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || tool.Agents.Any(agent => agent.Description.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
