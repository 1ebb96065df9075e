using System.Globalization;
using System.Text.Json;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>
/// What of a call can limit an allowance: numbers reach from zero to the call's, everything else stays as it is in the call, and what was
/// not given is not given.
/// </summary>
public sealed class AllowLimits
{
    private AllowLimits(IReadOnlyList<AllowLimit> all, IReadOnlyList<string> free) => (All, Free) = (all, free);

    /// <summary>The limits.</summary>
    public IReadOnlyList<AllowLimit> All { get; }

    /// <summary>The names of the arguments that no limit holds: a later call may say anything there.</summary>
    public IReadOnlyList<string> Free { get; }

    /// <summary>Reads a call.</summary>
    /// <param name="fields">Its arguments.</param>
    /// <param name="isHosted">The provider makes it: what the schema does not name is not thrown away before the tool sees it.</param>
    public static AllowLimits Of(ArgumentFields fields, bool isHosted)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var (all, free, conditions) = (new List<AllowLimit>(), new List<string>(), 0);
        foreach (var (name, limit) in fields.All.Select(f => (f.Name, Of(f))).Concat(Lengths(fields).Select(list => (list.Words, (AllowLimit?)list))))
        {
            if (limit is null || conditions + limit.Conditions.Count > RuleCondition.MaxCount)
            {
                free.Add(name);
            }
            else
            {
                all.Add(limit);
                conditions += limit.Conditions.Count;
            }
        }

        if (fields.Rest is not null)
        {
            free.Add("what does not stand above");
        }

        if (fields.MayHoldOthers ?? isHosted)
        {
            free.Add("arguments that this call does not have");
        }

        return new AllowLimits(all, free);
    }

    private static AllowLimit? Of(ArgumentField argument)
    {
        var (name, path) = (argument.Name, PathOf(argument.Path));
        return (path, argument) switch
        {
            (null, _) => null,
            (_, { Original: null }) => new AllowLimit($"{name} is not given", new RuleCondition(path, "missing")),
            (_, { IsSecret: true }) => null,
            (_, { Kind: ArgumentKind.Number }) => Range(name, path, argument.Original),
            (_, { Kind: ArgumentKind.Json }) => Among(name, path, argument.Original),
            (_, { Kind: ArgumentKind.Flag }) => new AllowLimit($"{name} is {argument.Show(argument.Original)}", new RuleCondition(path, "equals", JsonElement.Parse(argument.Original))),
            _ => new AllowLimit($"{name} is {argument.Show(argument.Original)}", new RuleCondition(path, "equals", JsonSerializer.SerializeToElement(argument.Original))),
        };
    }

    private static AllowLimit? Range(string name, string path, string number)
    {
        var (value, zero) = (JsonElement.Parse(number), JsonElement.Parse("0"));
        return !value.TryGetDecimal(out _) ? null
            : number.StartsWith('-')
            ? new AllowLimit($"{name} from {number} to 0", new RuleCondition(path, "at_least", value), new RuleCondition(path, "at_most", zero))
            : new AllowLimit($"{name} from 0 to {number}", new RuleCondition(path, "at_least", zero), new RuleCondition(path, "at_most", value));
    }

    // A list of plain values; other JSON has no limit that a rule could state.
    private static AllowLimit? Among(string name, string path, string json)
    {
        var list = JsonElement.Parse(json);
        return list is { ValueKind: JsonValueKind.Array } && list.GetArrayLength() is > 0 and <= 50
            && list.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            ? new AllowLimit($"{name} has nothing but {ApprovalWords.Cut(json, 200)}", new RuleCondition($"{path}[*]", "one_of", list))
            : null;
    }

    // Groups in a list are held one by one: one more would be held by nothing.
    private static IEnumerable<AllowLimit> Lengths(ArgumentFields fields) => fields.All
        .SelectMany(f => Enumerable.Range(1, f.Path.Count - 1).Where(i => IsIndex(f.Path[i]))
            .Select(i => (List: PathOf([.. f.Path.Take(i)]), Name: string.Join('.', f.Path.Take(i)), Index: int.Parse(f.Path[i], CultureInfo.InvariantCulture))))
        .Where(place => place.List is not null)
        .GroupBy(place => (place.List, place.Name), place => place.Index)
        .Select(list => (list.Key, Count: list.Max() + 1))
        .Select(list => new AllowLimit($"{list.Key.Name} has at most {list.Count}", new RuleCondition($"{list.Key.List}[{list.Count}]", "missing")));

    private static bool IsIndex(string part) => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    // Null where a name has characters that a path cannot hold.
    private static string? PathOf(IReadOnlyList<string> path) =>
        path.All(part => part.Length > 0 && part.All(c => char.IsLetterOrDigit(c) || c is '_' or '-'))
            ? "$" + string.Concat(path.Select(part => IsIndex(part) ? $"[{part}]" : $".{part}"))
            : null;
}
