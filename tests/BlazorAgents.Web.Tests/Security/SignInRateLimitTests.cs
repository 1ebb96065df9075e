using System.Net;
using BlazorAgents.Web.Security;

namespace BlazorAgents.Web.Tests.Security;

public sealed class SignInRateLimitTests
{
    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Address_TwoOfThem_CountTogetherWhenOneSubscriberHasBoth(string one, string other, bool expected) =>
        Assert.Equal(expected, SignInRateLimit.Address(IPAddress.Parse(one)) == SignInRateLimit.Address(IPAddress.Parse(other)));
}
