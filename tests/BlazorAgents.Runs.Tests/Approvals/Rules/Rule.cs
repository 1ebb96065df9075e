using System.Text.Json;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;

namespace BlazorAgents.Runs.Tests.Approvals.Rules;

/// <summary>Rules and calls with what most tests do not care about filled in.</summary>
internal static class Rule
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid Conversation = Guid.CreateVersion7();

    public static ApprovalRule Row(RuleEffect effect = RuleEffect.Deny, string name = "Rule", string pattern = "*", string conditions = "[]") => new()
    {
        Id = Guid.CreateVersion7(),
        Name = name,
        Effect = effect,
        ToolPattern = pattern,
        Conditions = conditions,
        CreatedById = "admin",
        CreatedByName = "Admin",
        CreatedAt = Now,
    };

    public static RuleCall Call(
        string arguments = "{}", string tool = "create_order", ToolRisk risk = ToolRisk.Money, ToolApprovalMode mode = ToolApprovalMode.ByRisk) =>
        new(tool, "shop", "user", Roles.User, Conversation, HasUntrustedContent: false, Json(arguments), risk, mode);

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static string Condition(string path, string op, string? value) =>
        value is null ? $$"""[{"path":"{{path}}","operator":"{{op}}"}]""" : $$"""[{"path":"{{path}}","operator":"{{op}}","value":{{value}}}]""";

    /// <summary>Whether the rule, alone, decides about the call.</summary>
    public static bool Decides(this ApprovalRule rule, RuleCall? call = null) =>
        new RuleSet([rule]).Evaluate(call ?? Call(), Now).RuleId == rule.Id;
}
