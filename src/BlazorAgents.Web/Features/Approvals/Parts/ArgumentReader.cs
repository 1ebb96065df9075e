using System.Globalization;
using System.Text.Json;
using BlazorAgents.Agents.Schema;
using BlazorAgents.Agents.ToolLoop;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>Walks through a call beside its tool's schema. Bounded in fields, depth and steps, as schemas also come from other servers.</summary>
/// <param name="isEdited">A person has set other arguments.</param>
internal sealed class ArgumentReader(bool isEdited)
{
    private const int MaxFields = 60;
    private const int MaxDepth = 4;
    private const int MaxList = 20;
    private const int MaxSteps = 1_000;

    private readonly List<ArgumentField> _fields = [];
    private int _steps;

    /// <summary>What was found.</summary>
    public IReadOnlyList<ArgumentField> Fields => _fields;

    /// <summary>The fields are not the whole call.</summary>
    public bool IsCut { get; private set; }

    /// <summary>A group of the call may hold names that neither its schema knows nor the call has; <see langword="null"/> where its schema does not say.</summary>
    public bool? MayHoldOthers { get; private set; } = false;

    /// <summary>Adds the fields of the whole call.</summary>
    /// <param name="schema">The tool's schema, if it can be read.</param>
    /// <param name="call">The arguments.</param>
    /// <param name="masked">The same without secrets: what differs is one.</param>
    /// <param name="edited">The arguments as a person set them, if one did.</param>
    /// <param name="maskedEdited">The same without secrets.</param>
    public void Read(SchemaNode? schema, JsonElement? call, JsonElement? masked, JsonElement? edited, JsonElement? maskedEdited)
    {
        if (call is { ValueKind: JsonValueKind.Object } && masked is { ValueKind: JsonValueKind.Object })
        {
            AddGroup(new Place(schema, call, masked, edited, maskedEdited, [], IsRequired: true));
        }
        else
        {
            IsCut = true;
        }
    }

    private void Add(Place place)
    {
        if (IsCut || _fields.Count >= MaxFields || ++_steps > MaxSteps)
        {
            IsCut = true;
            return;
        }

        var (schema, value, masked) = (place.Schema, place.Value, place.Masked);
        if (place.Path.Count > MaxDepth)
        {
            AddLeaf(place);
        }
        else if (value is null ? schema is { HasProperties: true } && !place.IsSecret : value.Value.ValueKind is JsonValueKind.Object && masked is { ValueKind: JsonValueKind.Object })
        {
            var before = _fields.Count;
            AddGroup(place);
            if (value is not null && _fields.Count == before)
            {
                AddLeaf(place); // an empty group says something too
            }
        }
        else if (value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is > 0 and <= MaxList && masked is { ValueKind: JsonValueKind.Array }
            && list.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Object))
        {
            for (var i = 0; i < list.GetArrayLength(); i++)
            {
                Add(place.Item(i));
            }
        }
        else
        {
            AddLeaf(place);
        }
    }

    private void AddGroup(Place group)
    {
        var required = (group.Schema?.Required ?? []).Index().ToDictionary(n => n.Item, n => n.Index, StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        if (group.Value is not null)
        {
            MayHoldOthers = group.Schema?.Keyword("additionalProperties") switch
            {
                _ when MayHoldOthers is true || group.Schema is null => true,
                null => null,
                { ValueKind: JsonValueKind.False } => MayHoldOthers,
                _ => true,
            };
        }

        // Canonical JSON sorts the properties by name; the required ones are still listed in the tool's own order.
        foreach (var (name, schema) in (group.Schema?.Properties ?? []).OrderBy(p => required.GetValueOrDefault(p.Name, int.MaxValue)))
        {
            known.Add(name);
            AddMember(name, schema);
        }

        if (group.Value is { } given)
        {
            foreach (var property in given.EnumerateObject().Where(p => !known.Contains(p.Name)))
            {
                AddMember(property.Name, null);
            }
        }

        void AddMember(string name, SchemaNode? schema)
        {
            if (!IsCut)
            {
                Add(group.Member(name, schema, required.ContainsKey(name)));
            }
        }
    }

    private void AddLeaf(Place place)
    {
        var (schema, value) = (place.Schema, place.Value);
        var choices = schema?.Choices ?? [];
        var kind = KindOf(schema?.Type, value, choices);
        var original = Text(value, kind);
        var isSecret = place.IsSecret;
        _fields.Add(new ArgumentField
        {
            Path = place.Path,
            Kind = kind,
            Description = schema?.Description,
            Choices = choices,
            IsRequired = place.IsRequired,
            IsSecret = isSecret,
            Masked = isSecret && place.Masked is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } partly ? partly.GetRawText() : ArgumentField.Mask,
            Original = original,
            Value = (isSecret, isEdited) switch
            {
                (false, _) => isEdited ? Text(place.Edited, kind) : original,
                (true, true) when Text(place.Edited, kind) != original => ArgumentField.Mask, // that it was changed is no secret
                _ => null,
            },
        });
    }

    private static ArgumentKind KindOf(string? type, JsonElement? value, IReadOnlyList<string> choices)
    {
        type ??= value?.ValueKind switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => null,
        };
        return (type, value?.ValueKind) switch
        {
            ("string", null or JsonValueKind.String) => choices.Count > 0 ? ArgumentKind.Choice : ArgumentKind.Text,
            ("number" or "integer", null or JsonValueKind.Number) => ArgumentKind.Number,
            ("boolean", null or JsonValueKind.True or JsonValueKind.False) => ArgumentKind.Flag,
            _ => ArgumentKind.Json,
        };
    }

    private static string? Text(JsonElement? value, ArgumentKind kind) => value switch
    {
        null => null,
        { ValueKind: JsonValueKind.Null } => kind is ArgumentKind.Json ? "null" : null,
        { ValueKind: JsonValueKind.String } text when kind is ArgumentKind.Text or ArgumentKind.Choice => text.GetString(),
        { } other => other.GetRawText(),
    };

    /// <summary>A place in the call, in all its versions.</summary>
    private sealed record Place(
        SchemaNode? Schema, JsonElement? Value, JsonElement? Masked, JsonElement? Edited, JsonElement? MaskedEdited, IReadOnlyList<string> Path, bool IsRequired)
    {
        // What the call holds, or a person set, is secret when it is masked; what it could hold, when its name or schema says so.
        public bool IsSecret => Differ(Value, Masked) || Differ(Edited, MaskedEdited)
            || (Value is null or { ValueKind: JsonValueKind.Null } && (SecretMask.IsSecretName(Path[^1]) || (Schema is not null && SecretMask.IsSecret(Schema))));

        // A group that is not there needs nothing of its members.
        public Place Member(string name, SchemaNode? schema, bool isRequired) => new(
            schema, Of(Value, name), Of(Masked, name), Of(Edited, name), Of(MaskedEdited, name), [.. Path, name], isRequired && (IsRequired || Value is not null));

        public Place Item(int index) => new(
            Schema?.Items, At(Value, index), At(Masked, index), At(Edited, index), At(MaskedEdited, index), [.. Path, index.ToString(CultureInfo.InvariantCulture)], IsRequired: true);

        private static bool Differ(JsonElement? plain, JsonElement? masked) =>
            plain is { } value && (masked is not { } other || CanonicalJson.Of(value) != CanonicalJson.Of(other));

        private static JsonElement? Of(JsonElement? element, string name) =>
            element is { ValueKind: JsonValueKind.Object } group && group.TryGetProperty(name, out var value) ? value : null;

        private static JsonElement? At(JsonElement? element, int index) =>
            element is { ValueKind: JsonValueKind.Array } list && index < list.GetArrayLength() ? list[index] : null;
    }
}
