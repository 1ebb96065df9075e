using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BlazorAgents.Data;

/// <summary>Stores a <see cref="DateTimeOffset"/> as UTC ticks.</summary>
public sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    value => value.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
