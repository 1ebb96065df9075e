namespace BlazorAgents.Web.Components;

/// <summary>The time as the user of this circuit reads it on the wall.</summary>
public sealed class UserClock(TimeProvider time)
{
    /// <summary>The browser's time zone; UTC until it is known.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>Now, with the user's offset.</summary>
    public DateTimeOffset Now => ToLocal(time.GetUtcNow());

    /// <summary>The zone became known.</summary>
    public event Action? Changed;

    /// <summary>The same moment with the user's offset.</summary>
    public DateTimeOffset ToLocal(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    /// <summary>Takes the browser's IANA zone id; an unknown one leaves UTC.</summary>
    public void UseZone(string? id)
    {
        if (id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.Id != Zone.Id)
        {
            Zone = zone;
            Changed?.Invoke();
        }
    }
}
