using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Approvals.Parts;

namespace BlazorAgents.Web.Features.Approvals.Rules;

/// <summary>Rules in words.</summary>
public static class RuleWords
{
    // It is shown as text, never as markup.
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The operators with what stands between the argument and the value.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Operators { get; } =
    [
        new("equals", "is"),
        new("not_equals", "is not"),
        new("at_least", "is at least"),
        new("at_most", "is at most"),
        new("more_than", "is more than"),
        new("less_than", "is less than"),
        new("contains", "contains"),
        new("matches", "is like"),
        new("one_of", "is one of"),
        new("exists", "is given"),
        new("missing", "is not given"),
    ];

    /// <summary>The heading over the rules of an effect.</summary>
    public static string Heading(RuleEffect effect) => effect switch
    {
        RuleEffect.Deny => "Deny",
        RuleEffect.Ask => "Ask a person",
        _ => "Allow without asking",
    };

    /// <summary>What the rule does: <c>Ask an approver before create_order when quantity is more than 5, for people with the role User</c>.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="agents">The agents, for their names.</param>
    /// <param name="requester">The name of the person it is about, if any.</param>
    public static string Sentence(RuleInput rule, AgentCatalog agents, string? requester)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(agents);
        var tools = Tools(rule.ToolPattern);
        var begin = rule.Effect switch
        {
            RuleEffect.Deny => $"Deny {tools}",
            RuleEffect.Ask => $"Ask {ApprovalWords.Decider(rule.Decider)} before {tools}",
            _ => $"Run {tools} without asking",
        };
        var conditions = string.Join(" and ", rule.Conditions.Select(c => Condition(c, rule.Effect)));
        var person = requester ?? "somebody whose account is gone";
        string?[] parts =
        [
            conditions.Length == 0 ? begin : $"{begin} when {conditions}",
            (rule.RequesterId, rule.Role) switch
            {
                (null, null) => null,
                (null, var role) => $"for people with the role {role}",
                (_, null) => $"for {person}",
                var (_, role) => $"for {person} while their role is {role}",
            },
            rule.AgentId is { } agent ? $"by {agents.Find(agent)?.Name ?? $"the agent {agent}, which is gone"}" : null,
            rule.ConversationId is null ? null : "in one conversation",
            (rule.HasUntrustedContent, rule.Effect) switch
            {
                (true, _) => "only after the agent read content from outside",
                (false, _) or (null, RuleEffect.Allow) => "only while the agent has read nothing from outside",
                _ => null,
            },
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    /// <summary>One condition; what a list's elements have to do with it depends on the effect.</summary>
    public static string Condition(RuleCondition condition, RuleEffect effect)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var path = condition.Path.Length == 0 ? "…" : condition.Path.StartsWith("$.", StringComparison.Ordinal) ? condition.Path[2..] : condition.Path;
        var words = Operators.FirstOrDefault(known => known.Key == condition.Operator).Value ?? condition.Operator;
        var argument = path.Contains("[*]", StringComparison.Ordinal)
            ? $"{(effect == RuleEffect.Allow ? "every" : "any")} {path.Replace("[*]", "", StringComparison.Ordinal)}" : path;
        return condition.Value is { ValueKind: not JsonValueKind.Undefined } value ? $"{argument} {words} {Value(value)}"
            : condition.Operator is "exists" or "missing" ? $"{argument} {words}"
            : $"{argument} {words} …";
    }

    /// <summary>How many calls a rule may still allow; null for any number.</summary>
    public static string? Uses(int? usesLeft) => usesLeft switch
    {
        null => null,
        <= 0 => "used up",
        1 => "1 use left",
        var left => string.Create(CultureInfo.CurrentCulture, $"{left:N0} uses left"),
    };

    /// <summary>A call's arguments to be read in one line: <c>customer_id CUST001, quantity 6</c>.</summary>
    /// <param name="json">Canonical JSON with masked secrets.</param>
    public static string Arguments(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? ApprovalWords.Cut(string.Join(", ", document.RootElement.EnumerateObject().Select(p => $"{p.Name} {Readable(p.Value)}")), 300)
                : ApprovalWords.Cut(Readable(document.RootElement), 300);
        }
        catch (JsonException)
        {
            return ApprovalWords.Cut(json, 300);
        }
    }

    private static string Readable(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? ConditionText.TextOf(value) : JsonSerializer.Serialize(value, s_readable);

    private static string Tools(string pattern) =>
        pattern.Length == 0 ? "…"
        : pattern.Trim('*').Length == 0 ? "every tool"
        : pattern.AsSpan().ContainsAny('*', '?') ? $"every tool named {pattern}"
        : pattern;

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"“{ApprovalWords.Cut(ConditionText.TextOf(value), 60)}”",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Take(10).Select(Value)) + (value.GetArrayLength() > 10 ? ", …" : ""),
        _ => ApprovalWords.Cut(value.GetRawText(), 60),
    };
}
