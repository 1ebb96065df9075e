using System.Globalization;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Chat;

namespace BlazorAgents.Web.Features.Tools;

/// <summary>Tools, their settings and figures in words.</summary>
internal static class ToolText
{
    private const string None = "–";

    /// <summary>What a risk means, and who is asked because of it.</summary>
    public static string Meaning(ToolRisk risk) => risk switch
    {
        ToolRisk.Read => "It only reads: nothing changes, so by its risk nobody is asked.",
        ToolRisk.Write => "It changes data in a way that can be changed back. By its risk the requester or an approver is asked.",
        ToolRisk.Money => "It spends or returns money. By its risk an approver is asked.",
        ToolRisk.Irreversible => "What it does cannot be undone. By its risk an approver is asked.",
        ToolRisk.Code => "It runs code, and what it brings counts as coming from outside. By its risk an approver is asked.",
        _ => "It acts on a system outside the application, and what it brings counts as coming from outside. By its risk an approver is asked.",
    };

    /// <summary>What the figures are of.</summary>
    public static string AboutFigures =>
        "Errors failed, timed out or have an unknown outcome; the rate is of the calls that have ended. Refused calls never began. 95 of 100 timed calls took no longer than p95.";

    /// <summary>Whose agents have it.</summary>
    public static string WhoHas(string? minimumRole) => minimumRole switch
    {
        Roles.Approver => "Approvers and administrators have it in their chats.",
        Roles.Admin => "Only administrators have it in their chats.",
        _ => "Everyone has it in their chats.",
    };

    /// <summary>Whether calls wait, for a grid.</summary>
    public static string Asks(ToolOfAgent tool) => (tool.Schema, tool.IsEnabled, tool.Mode) switch
    {
        (_, false, _) => "Switched off",
        (null, _, _) => "Runs at the provider",
        (_, _, ToolApprovalMode.AlwaysRequire) => "Always",
        (_, _, ToolApprovalMode.NeverRequire) => "Never",
        _ => ByRisk(tool.Risk),
    };

    /// <summary>What asking by its risk comes to.</summary>
    public static string ByRisk(ToolRisk risk) => risk is ToolRisk.Read ? "By its risk: no" : "By its risk: yes";

    /// <summary>A share: <c>2.5 %</c>.</summary>
    public static string Rate(double? rate) => rate is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.#} %") : None;

    /// <summary>A duration, with fractions of a millisecond where it is short.</summary>
    public static string Time(TimeSpan? time) => time switch
    {
        null => None,
        { TotalMilliseconds: < 9.95 } => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalMilliseconds:0.#} ms"),
        _ => RunFacts.Duration(time.Value),
    };

    /// <summary>A number.</summary>
    public static string Count(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A number of things.</summary>
    public static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{Count(count)} {many}";

    /// <summary>How a call went.</summary>
    public static string State(ToolExecutionState state) => state switch
    {
        ToolExecutionState.Started => "Running",
        ToolExecutionState.Succeeded => "Done",
        ToolExecutionState.Failed => "Failed",
        ToolExecutionState.TimedOut => "Timed out",
        ToolExecutionState.Cancelled => "Cancelled",
        ToolExecutionState.Unknown => "Outcome unknown",
        _ => "Refused",
    };

    /// <summary>The page of a tool.</summary>
    public static string AddressOf(string name, string? period = null) =>
        $"/tools/{Uri.EscapeDataString(name)}{(period is null ? null : $"?period={Uri.EscapeDataString(period)}")}";
}
