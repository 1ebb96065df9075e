namespace BlazorAgents.Agents.Structured;

/// <summary>How far a number is written.</summary>
internal enum JsonNumberState
{
    Sign,
    Zero,
    Whole,
    Point,
    Fraction,
    Exponent,
    ExponentSign,
    ExponentDigits,
}
