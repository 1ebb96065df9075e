namespace BlazorAgents.Web.Features.Assistant;

/// <summary>Current weather at a place, as the model and the tool card see it.</summary>
/// <param name="Location">The place that was found, with its country.</param>
/// <param name="Conditions">In words.</param>
/// <param name="Temperature">With its unit.</param>
/// <param name="High">Today's highest, with its unit.</param>
/// <param name="Low">Today's lowest, with its unit.</param>
/// <param name="Humidity">Relative, in percent.</param>
/// <param name="Wind">Speed, with its unit.</param>
/// <param name="Source">Where the figures come from.</param>
public sealed record WeatherReport(
    string Location, string Conditions, string Temperature, string High, string Low, string Humidity, string Wind, string Source);
