using System.Globalization;
using BlazorAgents.Data;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Audit;

/// <summary>The audit in words.</summary>
internal static class AuditWords
{
    /// <summary>Kinds of things that events are about, with their names.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Subjects { get; } =
    [
        new("person", "Person"),
        new("provider", "Provider"),
        new("approval", "Request"),
        new("approvals", "Requests"),
        new("rule", "Rule"),
        new("tool", "Tool"),
        new("conversation", "Conversation"),
        new("audit", "Audit"),
    ];

    /// <summary>Beginnings of actions that belong together.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Groups { get; } =
    [
        new("sign-in.", "All sign-ins"),
        new("password.", "All about passwords"),
        new("person.", "All about people"),
        new("provider.", "All about providers"),
        new("approval.", "All about requests"),
        new("rule.", "All about rules"),
        new("tool.", "All about tools"),
        new("conversation.", "All about conversations"),
        new("audit.", "All about the audit"),
    ];

    /// <summary>The kind of thing; one that is not known reads as it is stored.</summary>
    public static string SubjectOf(AuditEvent row) =>
        Subjects.FirstOrDefault(subject => subject.Key == row.SubjectType) is { Value: { } words } ? words : row.SubjectType;

    /// <summary>The page of the thing; null where there is none, and always for conversations, which are their owners' alone.</summary>
    public static string? LinkOf(AuditEvent row) => row.SubjectType switch
    {
        "person" => $"/people/{Uri.EscapeDataString(row.SubjectId)}",
        "provider" => $"/providers/{Uri.EscapeDataString(row.SubjectId)}",
        "tool" => $"/tools/{Uri.EscapeDataString(row.SubjectId)}",
        "approval" when Guid.TryParse(row.SubjectId, out var id) => $"/approvals/{id}",
        _ => null,
    };

    /// <summary>What a check showed.</summary>
    public static string ResultOf(AuditCheck check) => check switch
    {
        { Problem: { } problem, Checked: 0 } => problem,
        { Problem: { } problem } => $"{problem} {Count(check.Checked)} before it {(check.Checked == 1 ? "is" : "are")} sound.",
        { Checked: 0 } => "There are no events yet.",
        _ => $"{Count(check.Checked)}, all sound.",
    };

    /// <summary>So many events.</summary>
    public static string Count(long events) =>
        events == 1 ? "1 event" : string.Create(CultureInfo.CurrentCulture, $"{events:N0} events");
}
