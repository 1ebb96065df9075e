namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>One argument of a call, for reading and editing.</summary>
public sealed class ArgumentField
{
    /// <summary>What a secret looks like.</summary>
    public const string Mask = "••••••";

    private const int MaxText = 2_000;

    /// <summary>The names on the way to it; numbers are places in a list.</summary>
    public required IReadOnlyList<string> Path { get; init; }

    /// <summary>How it is edited.</summary>
    public required ArgumentKind Kind { get; init; }

    /// <summary>What the tool says about it.</summary>
    public string? Description { get; init; }

    /// <summary>The values of <see cref="ArgumentKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The call needs it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Never shown; typed anew when it is to be changed.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What stands in a secret's place: where only parts of it are secret, the others are shown.</summary>
    public string Masked { get; init; } = Mask;

    /// <summary>The model's value as text; null when it gave none.</summary>
    public string? Original { get; init; }

    /// <summary>The value as edited.</summary>
    public string? Value { get; set; }

    /// <summary>The path with dots: <c>order.quantity</c>.</summary>
    public string Name => string.Join('.', Path);

    /// <summary>It was edited. An empty secret is one that stays.</summary>
    public bool IsChanged => IsSecret ? !string.IsNullOrEmpty(Value) : (Value ?? "") != (Original ?? "");

    /// <summary>The model's value is longer than what is shown of it.</summary>
    public bool IsCut => (IsSecret ? Masked : Original)?.Length > MaxText;

    /// <summary>A value for reading.</summary>
    public string Show(string? value) => value switch
    {
        null => "not given",
        _ when IsSecret => value == Original ? ApprovalWords.Cut(Masked, MaxText) : Mask,
        "" => "empty",
        _ => ApprovalWords.Cut(value, MaxText),
    };
}
