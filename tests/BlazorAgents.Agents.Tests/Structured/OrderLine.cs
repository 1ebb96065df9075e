using System.ComponentModel.DataAnnotations;

namespace BlazorAgents.Agents.Tests.Structured;

public sealed record OrderLine : IValidatableObject
{
    [StringLength(8, MinimumLength = 2)]
    public required string Sku { get; init; }

    [Range(1, 99)]
    public required int Quantity { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Sku == "none")
        {
            yield return new ValidationResult("A line is about something.", [nameof(Sku)]);
        }
    }
}
