"""US output, prices, federal debt and ratings."""
