using System.Globalization;
using BlazorAgents.Data;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Approvals.Rules;

/// <summary>A rule as it is typed: everything is text until it is read, so that nothing typed is lost.</summary>
public sealed class RuleFields
{
    private const string EndFormat = "yyyy-MM-dd'T'HH:mm";
    private static readonly string[] s_endFormats = [EndFormat, "yyyy-MM-dd'T'HH:mm:ss"];

    private readonly RuleInput _stored;
    private readonly string _storedUses;
    private string _storedEnd;

    /// <summary>The fields of a stored rule, or of a new one.</summary>
    public RuleFields(ApprovalRule? rule, TimeZoneInfo zone)
    {
        _stored = rule is null ? new RuleInput() : RuleInput.Of(rule);
        (Name, ToolPattern, IsEnabled) = (_stored.Name, _stored.ToolPattern, _stored.IsEnabled);
        (Effect, Decider) = (_stored.Effect.ToString(), _stored.Decider.ToString());
        (AgentId, RequesterId, Role) = (_stored.AgentId ?? "", _stored.RequesterId ?? "", _stored.Role ?? "");
        Untrusted = _stored.HasUntrustedContent switch { true => "with", false => "without", null => "" };
        Uses = _storedUses = _stored.UsesLeft?.ToString(CultureInfo.InvariantCulture) ?? "";
        End = _storedEnd = EndText(zone);
        Conditions = [.. _stored.Conditions.Select(condition => new ConditionFields(condition))];
    }

    public string? Name { get; set; }

    public string? Effect { get; set; }

    public string? ToolPattern { get; set; }

    public string? AgentId { get; set; }

    public string? RequesterId { get; set; }

    public string? Role { get; set; }

    /// <summary><c>with</c>, <c>without</c>, or empty for any.</summary>
    public string? Untrusted { get; set; }

    public string? Decider { get; set; }

    public string? Uses { get; set; }

    /// <summary>A time on the reader's wall.</summary>
    public string? End { get; set; }

    public bool IsEnabled { get; set; }

    public List<ConditionFields> Conditions { get; }

    public bool Asks => Effect == nameof(RuleEffect.Ask);

    public bool Allows => Effect == nameof(RuleEffect.Allow);

    /// <summary>Shows the stored end in another zone; one that was typed stays.</summary>
    public void UseZone(TimeZoneInfo zone)
    {
        if (End == _storedEnd)
        {
            End = _storedEnd = EndText(zone);
        }
    }

    /// <summary>The rule, and what is wrong with it. What cannot be read is left as it was.</summary>
    public (RuleInput Input, IReadOnlyList<RuleProblem> Problems) Read(RuleChoices choices, Actor actor, TimeZoneInfo zone, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(choices);
        var problems = new List<RuleProblem>();
        var arguments = choices.Tools.Arguments(ToolPattern).ToDictionary(a => a.Path, a => a.Type);
        var input = new RuleInput
        {
            Id = _stored.Id,
            Name = Name ?? "",
            Effect = Choice<RuleEffect>(Effect, nameof(Effect), "The effect does not exist. Choose one from the list.", problems),
            IsEnabled = IsEnabled,
            ToolPattern = ToolPattern?.Trim() ?? "",
            AgentId = Known(AgentId, nameof(AgentId), "The agent does not exist. Choose one from the list.", choices.Agents.Select(a => a.Id).Append(_stored.AgentId), problems),
            RequesterId = Known(RequesterId, nameof(RequesterId), "The person does not exist. Choose one from the list.", choices.People.Select(p => p.Id).Append(_stored.RequesterId), problems),
            Role = Known(Role, nameof(Role), "The role does not exist. Choose one from the list.", Roles.All, problems),
            ConversationId = _stored.ConversationId,
            HasUntrustedContent = Known(Untrusted, "HasUntrustedContent", "Choose one from the list.", ["with", "without"], problems) switch { "with" => true, "without" => false, _ => null },
            Conditions = [.. Conditions.Select(condition => condition.Read(arguments.GetValueOrDefault(condition.FullPath)))],
            Decider = Asks ? Choice<ApprovalDecider>(Decider, nameof(Decider), "Choose who decides from the list.", problems) : _stored.Decider,
            UsesLeft = Allows ? ReadUses(problems) : null,
            KeepsUses = _stored.Id is not null && Uses == _storedUses,
            ValidUntil = ReadEnd(zone, problems),
            ReadAt = _stored.ReadAt,
        };
        var fields = problems.Select(p => p.Field).ToHashSet();
        return (input, [.. problems, .. RuleValidation.Check(actor, input, now).Where(p => !fields.Contains(p.Field))]);
    }

    private static T Choice<T>(string? text, string field, string message, List<RuleProblem> problems)
        where T : struct, Enum
    {
        // A number would pass for a name.
        if (Enum.GetNames<T>().Contains(text))
        {
            return Enum.Parse<T>(text!);
        }

        problems.Add(new RuleProblem(field, message));
        return default;
    }

    private static string? Known(string? value, string field, string message, IEnumerable<string?> known, List<RuleProblem> problems)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (!known.Contains(value))
        {
            problems.Add(new RuleProblem(field, message));
        }

        return value;
    }

    private int? ReadUses(List<RuleProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(Uses))
        {
            return null;
        }

        if (int.TryParse(Uses.Trim(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var uses))
        {
            return uses;
        }

        problems.Add(new RuleProblem(nameof(RuleInput.UsesLeft), "The number of calls must be a whole number from 1 to 1,000,000. Leave it empty for no limit."));
        return null;
    }

    private DateTimeOffset? ReadEnd(TimeZoneInfo zone, List<RuleProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(End))
        {
            return null;
        }

        if (End == _storedEnd)
        {
            return _stored.ValidUntil; // to the second, which the field does not show
        }

        if (DateTime.TryParseExact(End, s_endFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999 && !zone.IsInvalidTime(local))
        {
            return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        }

        problems.Add(new RuleProblem(nameof(RuleInput.ValidUntil), "This is not a day and time. Choose both, or leave the field empty for no end."));
        return null;
    }

    private string EndText(TimeZoneInfo zone) =>
        _stored.ValidUntil is { } end ? TimeZoneInfo.ConvertTime(end, zone).ToString(EndFormat, CultureInfo.InvariantCulture) : "";
}
