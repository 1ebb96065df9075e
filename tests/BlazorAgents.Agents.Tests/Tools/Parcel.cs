using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace BlazorAgents.Agents.Tests.Tools;

/// <summary>A parameter object with an attribute of each kind.</summary>
internal sealed class Parcel
{
    [Required]
    public string? Receiver { get; init; }

    [Range(typeof(decimal), "0.05", "31.5")]
    public decimal Weight { get; init; } = 1.5m;

    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Filled { get; init; } = 1;

    [RegularExpression("[A-Z]{2}|XXX")]
    public string? Country { get; init; }

    [DeniedValues("bomb")]
    [DefaultValue("goods")]
    public string Content { get; init; } = "goods";

    [MaxLength(2)]
    public IReadOnlyList<Label> Labels { get; init; } = [];

    public DateOnly? Day { get; init; }

    [EmailAddress]
    public string? Notify { get; init; }

    internal sealed record Label([StringLength(5)] string Text, [Range(1, 9)] int Size = 3);
}
